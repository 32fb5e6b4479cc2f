package dev.latchkey.providers.http;

import java.io.IOException;
import java.net.InetAddress;

/** Where public hosts are. */
@FunctionalInterface
interface Hosts {
    /** Throws {@link NotPublic} when any address of the host is not. */
    InetAddress publicAddressOf(String host) throws IOException;
}
