package dev.latchkey.standins.local;

/**
 * Where a stand-in listens.
 *
 * @param host address to bind; stand-ins keep to the loopback unless they are told otherwise
 * @param port 0 for any free one
 */
public record Listen(String host, int port) {
    private static final String LOOPBACK = "127.0.0.1";

    public Listen {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }

    public static Listen atAnyPort() {
        return new Listen(LOOPBACK, 0);
    }

    public static Listen at(int port) {
        return new Listen(LOOPBACK, port);
    }
}
