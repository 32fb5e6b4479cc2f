package dev.latchkey.standins.transit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes TCP connections on to a server until it is closed. */
final class Relay implements AutoCloseable {
    private final URI target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);
    private volatile boolean closed;

    private Relay(URI target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    static Relay to(URI target) {
        try {
            var relay = new Relay(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            relay.accepting.start();
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Once this returns nothing is passed on. A thread that is just waking up could accept one more, closed or not. */
    @Override
    public void close() {
        closed = true;
        closeQuietly(listener);
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(Relay::closeQuietly);
    }

    private void accept() {
        try {
            while (!closed) {
                pass(listener.accept());
            }
        } catch (IOException e) {
            closeQuietly(listener);
        }
    }

    private void pass(Socket inside) throws IOException {
        sockets.add(inside);
        if (closed) {
            return;
        }
        var outside = new Socket(target.getHost(), target.getPort());
        sockets.add(outside);
        Thread.ofVirtual().start(() -> pump(inside, outside));
        Thread.ofVirtual().start(() -> pump(outside, inside));
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("can not close", e);
        }
    }
}
