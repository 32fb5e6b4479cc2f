package dev.latchkey.providers.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** Looks hosts up, once for each question, and takes those that have public addresses and no other. */
record PublicHosts(Lookup lookup) implements Hosts {
    /** Names that mean a place inside wherever they are asked for, metadata.google.internal among them. */
    private static final Pattern INSIDE =
            Pattern.compile("(.*\\.)?(localhost|local|internal|home\\.arpa)\\.?", Pattern.CASE_INSENSITIVE);

    /** Everything that some resolver reads as an IPv4 address: octal, hexadecimal, with fewer than four numbers. */
    private static final Pattern NUMBERS =
            Pattern.compile("(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+))*\\.?", Pattern.CASE_INSENSITIVE);

    /** What every resolver reads alike. */
    private static final Pattern PLAIN_NUMBERS = Pattern.compile("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){3}");

    /** How names become addresses. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    @Override
    public InetAddress publicAddressOf(String host) throws IOException {
        if (INSIDE.matcher(host).matches() || isAmbiguous(host)) {
            throw new NotPublic();
        }
        var addresses = List.of(lookup.addressesOf(host));
        if (!addresses.stream().allMatch(PublicAddresses::isPublic)) {
            throw new NotPublic();
        }
        return addresses.getFirst();
    }

    private static boolean isAmbiguous(String host) {
        return NUMBERS.matcher(host).matches() && !PLAIN_NUMBERS.matcher(host).matches();
    }
}
