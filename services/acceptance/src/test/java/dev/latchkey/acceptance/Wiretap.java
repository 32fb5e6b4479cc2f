package dev.latchkey.acceptance;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.runtime.Json;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything that is told to a caller, headers included, and everything that a command prints, complaints included. */
final class Wiretap {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Stack stack;
    private final List<Haystack> heard = new ArrayList<>();

    Wiretap(Stack stack) {
        this.stack = stack;
    }

    List<Haystack> heard() {
        return List.copyOf(heard);
    }

    void get(UUID user, String path) throws IOException, InterruptedException {
        send(request(user, path).GET());
    }

    void delete(UUID user, String path) throws IOException, InterruptedException {
        send(request(user, path).DELETE());
    }

    void put(UUID user, String path, Map<String, ?> body) throws IOException, InterruptedException {
        send(request(user, path).PUT(BodyPublishers.ofByteArray(Json.write(body))));
    }

    void post(UUID user, String path, Map<String, ?> body) throws IOException, InterruptedException {
        send(request(user, path).POST(BodyPublishers.ofByteArray(Json.write(body))));
    }

    void postOnce(UUID user, String path, Map<String, ?> body, String idempotencyKey)
            throws IOException, InterruptedException {
        send(request(user, path)
                .header(IDEMPOTENCY_KEY, idempotencyKey)
                .POST(BodyPublishers.ofByteArray(Json.write(body))));
    }

    /** The status that the program ended with. */
    int run(Command command) throws IOException, InterruptedException {
        var program = TestProgram.of(command.words()).redirectErrorStream(true);
        program.environment().putAll(command.environment());
        var process = program.start();
        try (var out = process.getInputStream()) {
            heard.add(Haystack.of("command " + command.words().getLast(), out.readAllBytes()));
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private HttpRequest.Builder request(UUID user, String path) {
        return HttpRequest.newBuilder(stack.api().resolve(path))
                .header("authorization", "Bearer " + stack.token(user))
                .header("content-type", "application/json");
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var reply = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            heard.add(Haystack.of("reply " + reply.statusCode(), reply.headers().map() + "\n" + reply.body()));
        }
    }
}
