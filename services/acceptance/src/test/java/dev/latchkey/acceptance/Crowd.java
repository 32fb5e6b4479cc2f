package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.Reply;
import dev.latchkey.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Users for whom prompts come all the time, over REST and from another service, and whose stored keys are looked at. */
final class Crowd implements AutoCloseable {
    private static final int UNAVAILABLE = 503;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<UUID> prompts = new CopyOnWriteArrayList<>();
    private final Map<UUID, Integer> sealed = new ConcurrentHashMap<>();
    private final Publisher publisher;
    private final List<Future<?>> asking;
    private volatile boolean stopped;

    private Crowd(Stack stack, List<User> users, List<SealingUser> sealing) {
        this.publisher = new Publisher(stack.kafka());
        var asking = new ArrayList<Future<?>>();
        users.forEach(user -> asking.add(threads.submit(() -> askAllTheTime(user))));
        sealing.forEach(user -> asking.add(threads.submit(() -> sealAllTheTime(user))));
        this.asking = List.copyOf(asking);
    }

    /** Those who seal what they ask also trade, one piece at a time. */
    static Crowd asking(Stack stack, List<User> users, List<SealingUser> sealing) {
        return new Crowd(stack, users, sealing);
    }

    /** How many prompts there were so far. */
    int asked() {
        return prompts.size();
    }

    /** How many prompts of a user there were so far that nobody but the worker reads. */
    int sealedBy(SealingUser user) {
        return sealed.getOrDefault(user.id(), 0);
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

    /** Each only after the one before was answered: there is nothing in flight for ever. */
    private void sealAllTheTime(SealingUser user) {
        while (!stopped) {
            var prompt = user.prompt("What do I hold?");
            publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);
            publisher.publish(Topics.TRADES, user.id().toString(), user.sealed(Upstream.buy(user.id(), "1", "100")));
            prompts.add(prompt.getPromptId());
            sealed.merge(user.id(), 1, Integer::sum);
            Eventually.ask(
                    () -> user.user()
                            .api()
                            .get(ApiClient.PROMPTS + "/" + prompt.getPromptId())
                            .text("status"),
                    "answered"::equals);
        }
    }

    /** May be told to come again: the worker that looks at stored keys may not have heard of the newest yet. */
    private static Reply validate(User user, String id) {
        return user.api().post(ApiClient.CREDENTIALS + "/validate", Map.of("credential_id", id));
    }

    private void askAllTheTime(User user) {
        var id = user.api().get(ApiClient.CREDENTIALS).body().get(0).path("id").asText();
        while (!stopped) {
            var prompt = Upstream.prompt(user.id());
            publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);
            prompts.add(prompt.getPromptId());
            prompts.add(user.submit("Am I still known?"));
            var validated = Eventually.ask(() -> validate(user, id), reply -> reply.status() != UNAVAILABLE);
            assertThat(validated.status()).as(validated.body().toString()).isEqualTo(200);
        }
    }
}
