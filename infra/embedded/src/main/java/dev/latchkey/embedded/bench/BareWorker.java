package dev.latchkey.embedded.bench;

import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The least that anybody needs to call a model for each prompt of a topic, for comparison: a consumer and an HTTP client. */
final class BareWorker implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI chat;
    private final Thread thread;
    private volatile boolean closing;

    private BareWorker(KafkaSettings kafka, String topic, URI provider) {
        this.chat = provider.resolve("/v1/chat/completions");
        this.thread = Thread.ofPlatform().name("bare-worker").unstarted(() -> work(kafka, topic));
    }

    static BareWorker start(KafkaSettings kafka, String topic, URI provider) {
        var worker = new BareWorker(kafka, topic, provider);
        worker.thread.start();
        return worker;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }

    private void work(KafkaSettings kafka, String topic) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("group.id", "bare-worker");
        properties.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
                var reader = kafka.format().reader(Topics.PROMPTS)) {
            consumer.subscribe(List.of(topic));
            while (!closing) {
                for (var record : consumer.poll(POLL)) {
                    if (reader.read(record.value()) instanceof Decoded.Event<PromptSubmitted>(var prompt)) {
                        Thread.startVirtualThread(() -> call(prompt));
                    }
                }
            }
        }
    }

    private void call(PromptSubmitted prompt) {
        var text = prompt.getMessages().getFirst().getText();
        var body = Map.of("model", "bare", "messages", List.of(Map.of("role", "user", "content", text)));
        var request = HttpRequest.newBuilder(chat)
                .header("authorization", "Bearer sk-bare")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        try {
            http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the provider does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
