package dev.latchkey.agent.langchain4j;

import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.http.Endpoints;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server, down to the bytes, that gives one answer to everything and remembers what it was asked. */
final class LocalServer implements AutoCloseable {
    private static final int EVERY_MILLIS = 100;

    /** What was asked. Header names are in lower case. */
    record Asked(String path, Map<String, String> headers, String body) {}

    /** What is answered. */
    record Reply(int status, Map<String, String> headers, String body, Delivery delivery) {
        static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body, Delivery.WHOLE);
        }

        Reply with(String header, String value) {
            return new Reply(status, Map.of(header, value), body, delivery);
        }

        Reply with(String otherBody) {
            return new Reply(status, headers, otherBody, delivery);
        }

        Reply by(Delivery other) {
            return new Reply(status, headers, body, other);
        }

        private String head(int length) {
            var head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            return head + "Content-Length: " + length + "\r\nConnection: close\r\n\r\n";
        }
    }

    /** How an answer comes. Every way but the first promises the whole and does not bring it in time, or ever. */
    enum Delivery {
        WHOLE,
        HANGS_BEFORE_THE_STATUS,
        HANGS_WITHIN_THE_BODY,
        DRIPS,
        ENDS_WITHIN_THE_BODY,
        RESETS_BEFORE_THE_STATUS,
        RESETS_WITHIN_THE_BODY
    }

    private final ServerSocket server;
    private final Reply reply;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private LocalServer(ServerSocket server, Reply reply) {
        this.server = server;
        this.reply = reply;
    }

    static LocalServer replying(Reply reply) {
        try {
            var local = new LocalServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), reply);
            local.threads.execute(local::accept);
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** This server as every named provider, and at a user's own base URL. */
    Endpoints asEveryProvider() {
        return new Endpoints(new ProviderUrls(url(), url(), url()), new AllowedOrigins(Set.of(url().toString())));
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (closed.getCount() > 0) {
                var socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    /** Whoever asks may have gone away in the middle. */
    private void serve(Socket socket) {
        try (socket) {
            asked.add(read(new BufferedInputStream(socket.getInputStream())));
            answer(socket, reply.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assert closed.getCount() >= 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Socket socket, byte[] body) throws IOException, InterruptedException {
        var out = socket.getOutputStream();
        int half = body.length / 2;
        switch (reply.delivery()) {
            case WHOLE -> send(out, body, body.length);
            case HANGS_BEFORE_THE_STATUS -> closed.await();
            case HANGS_WITHIN_THE_BODY -> {
                send(out, body, half);
                closed.await();
            }
            case DRIPS -> {
                send(out, body, 0);
                drip(out, body);
            }
            case ENDS_WITHIN_THE_BODY -> send(out, body, half);
            case RESETS_BEFORE_THE_STATUS -> reset(socket);
            case RESETS_WITHIN_THE_BODY -> {
                send(out, body, half);
                reset(socket);
            }
        }
    }

    private void send(OutputStream out, byte[] body, int bytes) throws IOException {
        out.write(reply.head(body.length).getBytes(StandardCharsets.US_ASCII));
        out.write(body, 0, bytes);
        out.flush();
    }

    private void drip(OutputStream out, byte[] body) throws IOException, InterruptedException {
        for (byte one : body) {
            if (closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            out.write(one);
            out.flush();
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static Asked read(InputStream in) throws IOException {
        var path = line(in).split(" ", -1)[1];
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Asked(path, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended within a line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
