package dev.latchkey.api.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A provider that takes connections and does not get to the end of an answer. */
final class SlowProvider implements AutoCloseable {
    /** How it keeps its callers waiting. */
    enum Manner {
        SAYS_NOTHING(""),
        DRIPS_HEADERS("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-And-So-On: "),
        DRIPS_A_BODY("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");

        private final String beginning;

        Manner(String beginning) {
            this.beginning = beginning;
        }
    }

    private final Manner manner;
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);

    SlowProvider(Manner manner) throws IOException {
        this.manner = manner;
        threads.execute(this::accept);
    }

    URI address() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                threads.execute(() -> drip(connection));
            }
        } catch (IOException _) {
            // Closed, which is how it ends.
        }
    }

    /** One byte a second. */
    private void drip(Socket connection) {
        try (connection) {
            var out = connection.getOutputStream();
            out.write(manner.beginning.getBytes(StandardCharsets.US_ASCII));
            while (!closing.await(1, TimeUnit.SECONDS)) {
                if (!manner.beginning.isEmpty()) {
                    out.write(' ');
                }
            }
        } catch (IOException _) {
            // The caller has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
