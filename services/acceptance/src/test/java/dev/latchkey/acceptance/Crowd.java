package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Users for whom prompts come all the time, over REST and from another service, and whose stored keys are looked at. */
final class Crowd implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<UUID> prompts = new CopyOnWriteArrayList<>();
    private final Publisher publisher;
    private final List<Future<?>> asking;
    private volatile boolean stopped;

    private Crowd(Stack stack, List<User> users) {
        this.publisher = new Publisher(stack.kafka());
        this.asking = users.stream()
                .<Future<?>>map(user -> threads.submit(() -> askAllTheTime(user)))
                .toList();
    }

    static Crowd asking(Stack stack, List<User> users) {
        return new Crowd(stack, users);
    }

    /** How many prompts there were so far. */
    int asked() {
        return prompts.size();
    }

    /** Every prompt that there was; fails if anything did. */
    List<UUID> stop() throws ExecutionException, InterruptedException {
        stopped = true;
        for (var one : asking) {
            one.get();
        }
        return List.copyOf(prompts);
    }

    @Override
    public void close() {
        stopped = true;
        threads.close();
        publisher.close();
    }

    private void askAllTheTime(User user) {
        var id = user.api().get(ApiClient.CREDENTIALS).body().get(0).path("id").asText();
        while (!stopped) {
            var prompt = Upstream.prompt(user.id());
            publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);
            prompts.add(prompt.getPromptId());
            prompts.add(user.submit("Am I still known?"));
            var validated = user.api().post(ApiClient.CREDENTIALS + "/validate", Map.of("credential_id", id));
            assertThat(validated.status()).as(validated.body().toString()).isEqualTo(200);
        }
    }
}
