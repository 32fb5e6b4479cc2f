package dev.latchkey.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the HTTP side of a service listens: at one address of this machine or at all of them, and at a port. */
public record HttpAddress(InetAddress host, int port) {
    private static final String HOST = "LATCHKEY_HTTP_HOST";
    private static final String EVERYWHERE = "0.0.0.0";

    /**
     * Reads it from the environment.
     *
     * @param usualPort where that service listens when nobody says otherwise
     */
    public static HttpAddress from(Settings settings, int usualPort) {
        return new HttpAddress(host(settings), settings.number("LATCHKEY_HTTP_PORT", usualPort));
    }

    /** For nobody but this machine. */
    public static HttpAddress local(int port) {
        return new HttpAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static InetAddress host(Settings settings) {
        var name = settings.text(HOST, EVERYWHERE);
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new StartRefused(
                    "environment variable " + HOST + " must be an address of this machine, not " + name, e);
        }
    }
}
