package dev.latchkey.embedded.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider like OpenAI in this process: it answers every question after the same time, and notes when it was put. */
public final class ObservedProvider implements AutoCloseable {
    /** A question, and the moment in nanoseconds at which it came. */
    public record Asked(String question, long nanoTime) {}

    private static final Map<String, Integer> USAGE =
            Map.of("prompt_tokens", 10, "completion_tokens", 10, "total_tokens", 20);
    private static final Map<String, Integer> NOTHING = Map.of();

    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
    private final Duration answersAfter;
    private final LocalServer server;

    private ObservedProvider(int port, Duration answersAfter) {
        this.answersAfter = answersAfter;
        this.server = LocalServer.start("the observed provider", Listen.at(port), this::route);
    }

    public static ObservedProvider start(Duration answersAfter) {
        return start(0, answersAfter);
    }

    public static ObservedProvider start(int port, Duration answersAfter) {
        return new ObservedProvider(port, answersAfter);
    }

    /** Its base URL, without a version. */
    public URI address() {
        return server.address();
    }

    /** From now on questions are answered when they are {@link #release}d, and not before. */
    public void hold() {
        gate.set(new CountDownLatch(1));
    }

    public void release() {
        gate.get().countDown();
    }

    /** How many questions wait for their answer. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Everything that was asked so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        release();
        server.close();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get(
                        "/v1/models",
                        (_, response) -> Json.send(response, 200, Map.of("object", "list", "data", List.of())))
                .post("/v1/chat/completions", this::answer);
    }

    private void answer(ServerRequest request, ServerResponse response) throws InterruptedException {
        long now = System.nanoTime();
        var body = LocalServer.body(request).orElseThrow();
        var question = lastMessage(body);
        asked.add(new Asked(question, now));
        inFlight.incrementAndGet();
        try {
            gate.get().await();
            LockSupport.parkNanos(answersAfter.toNanos() - (System.nanoTime() - now));
        } finally {
            inFlight.decrementAndGet();
        }
        var model = body.path("model").asText();
        if (body.path("stream").asBoolean()) {
            stream(response, model, question);
        } else {
            Json.send(response, 200, completion(model, question));
        }
    }

    private static String lastMessage(JsonNode body) {
        var messages = body.path("messages");
        return messages.path(messages.size() - 1).path("content").asText();
    }

    /** In one piece, and the end. */
    private static void stream(ServerResponse response, String model, String text) {
        var said = Map.of("index", 0, "delta", Map.of("role", "assistant", "content", text));
        var end = Map.of("index", 0, "delta", Map.of(), "finish_reason", "stop");
        var events = Stream.of(
                        chunk(model, List.of(said), NOTHING),
                        chunk(model, List.of(end), NOTHING),
                        chunk(model, List.of(), USAGE))
                .map(chunk -> "data: " + new String(Json.write(chunk), StandardCharsets.UTF_8) + "\n\n")
                .collect(Collectors.joining());
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream").send(events + "data: [DONE]\n\n");
    }

    private static Map<String, Object> chunk(String model, List<?> choices, Map<String, ?> usage) {
        var chunk = new HashMap<String, Object>(Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion.chunk",
                "created",
                1,
                "model",
                model,
                "choices",
                choices));
        if (!usage.isEmpty()) {
            chunk.put("usage", usage);
        }
        return chunk;
    }

    private static Map<String, Object> completion(String model, String text) {
        var choice =
                Map.of("index", 0, "message", Map.of("role", "assistant", "content", text), "finish_reason", "stop");
        return Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                model,
                "choices",
                List.of(choice),
                "usage",
                USAGE);
    }
}
