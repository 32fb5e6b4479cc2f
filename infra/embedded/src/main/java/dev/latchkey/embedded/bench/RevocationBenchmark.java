package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Reply;
import dev.latchkey.runtime.Figure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How long after the answer to a DELETE the last call with the deleted key starts, while prompts of its user keep coming.
 * The baseline is the moment at which a bare consumer reads the deletion.
 */
final class RevocationBenchmark implements Benchmark {
    private static final int PER_SECOND = 200;
    private static final int ROUNDS = 10;
    private static final int DELETIONS_A_ROUND = 10;
    private static final int CALLS_BEFORE = PER_SECOND / 4;
    private static final int PROMPTS_AFTER = PER_SECOND;
    private static final Duration BOUND = Duration.ofMillis(100);
    private static final String LAST_CALL = "last call p99";
    private static final String LATE_CALLS = "calls over " + BOUND.toMillis() + " ms after";

    /** A credential that was deleted while it was used. */
    private record Deletion(String key, UUID credentialId, Instant answeredAt) {}

    /**
     * What came of a deletion.
     *
     * @param untilRead from the answer until a bare consumer had read of it
     * @param callsAfter how long after the answer each call started that did
     */
    private record Outcome(Duration untilRead, List<Duration> callsAfter) {
        Duration untilLastCall() {
            return callsAfter.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        }

        long callsAfterTheBound() {
            return callsAfter.stream().filter(late -> late.compareTo(BOUND) > 0).count();
        }
    }

    @Override
    public String name() {
        return "revocation";
    }

    @Override
    public String purpose() {
        return "from the answer to a DELETE until the last call with that key starts, under " + PER_SECOND
                + " prompts/s of its user; baseline: until a bare consumer reads the deletion";
    }

    /** All of them are one user's, whose prompts must not wait for each other. */
    @Override
    public Map<String, String> settings() {
        var unlimited = Integer.toString(10 * PER_SECOND);
        return Map.of("LATCHKEY_USER_TASKS", unlimited, "LATCHKEY_CREDENTIAL_TASKS", unlimited);
    }

    @Override
    public List<Goal> goals() {
        return List.of(new Goal(LAST_CALL, BOUND.toMillis()), new Goal(LATE_CALLS, 1));
    }

    @Override
    public List<Figure> measure(Stack stack, Progress progress) {
        try (var load = PromptLoad.start(stack.kafka(), PER_SECOND);
                var topic = DeletionWatch.start(stack.kafka())) {
            progress.waitingFor("a first round, which does not count");
            round(stack, load, topic);
            long before = load.published();
            var start = Instant.now();
            var outcomes = new ArrayList<Outcome>();
            for (int round = 1; round <= ROUNDS; round++) {
                progress.waitingFor("round " + round + " of " + ROUNDS + ", " + DELETIONS_A_ROUND + " deletions each");
                outcomes.addAll(round(stack, load, topic));
            }
            return figures(outcomes, rate(load.published() - before, Duration.between(start, Instant.now())));
        }
    }

    /** Looks at the calls when the round is over, so that a very late one is seen too. */
    private static List<Outcome> round(Stack stack, PromptLoad load, DeletionWatch topic) {
        var calls = new ProviderCalls(stack.providerStandIn());
        var deletions = Stream.generate(() -> deleteInUse(stack, load, calls))
                .limit(DELETIONS_A_ROUND)
                .toList();
        return deletions.stream()
                .map(deletion -> outcome(deletion, calls, topic))
                .toList();
    }

    private static Deletion deleteInUse(Stack stack, PromptLoad load, ProviderCalls calls) {
        var user = UUID.randomUUID();
        var key = "sk-bench-key" + user.toString().replace("-", "");
        var api = new ApiClient(stack.api(), stack.token(user));
        var credential = register(api, key);
        load.turnTo(user);
        awaitAtLeast(
                CALLS_BEFORE, "calls with a key", () -> calls.chatsWith(key).size());
        var reply = api.delete(ApiClient.CREDENTIALS + "/" + credential);
        var answeredAt = Instant.now();
        require(reply, 200);
        awaitAtLeast(load.published() + PROMPTS_AFTER, "prompts", load::published);
        return new Deletion(key, credential, answeredAt);
    }

    private static UUID register(ApiClient api, String key) {
        var reply = api.post(ApiClient.CREDENTIALS, Map.of("provider", "openai", "api_key", key, "is_default", true));
        require(reply, 201);
        Eventually.ask(() -> api.get(ApiClient.DEFAULT_MODEL).status(), status -> status == 200);
        return UUID.fromString(reply.text("id"));
    }

    private static Outcome outcome(Deletion deletion, ProviderCalls calls, DeletionWatch topic) {
        var callsAfter = calls.chatsWith(deletion.key()).stream()
                .map(call -> Duration.between(deletion.answeredAt(), call.at()))
                .filter(Duration::isPositive)
                .toList();
        var read = Duration.between(deletion.answeredAt(), topic.readAt(deletion.credentialId()));
        return new Outcome(read.isPositive() ? read : Duration.ZERO, callsAfter);
    }

    private static List<Figure> figures(List<Outcome> outcomes, double rate) {
        var last = new Percentiles(outcomes.stream().map(Outcome::untilLastCall).toList());
        var read = new Percentiles(outcomes.stream().map(Outcome::untilRead).toList());
        long late = outcomes.stream().mapToLong(Outcome::callsAfterTheBound).sum();
        return List.of(
                Figure.of("deletions", outcomes.size(), "deletions"),
                Figure.against("prompts published", rate, "prompts/s", PER_SECOND),
                Figure.against("last call p50", last.millis(50), "ms", read.millis(50)),
                Figure.against(LAST_CALL, last.millis(99), "ms", read.millis(99)),
                Figure.against("last call max", last.millis(100), "ms", read.millis(100)),
                Figure.of(LATE_CALLS, late, "calls"));
    }

    private static double rate(long prompts, Duration time) {
        return prompts / (time.toNanos() / 1e9);
    }

    private static void awaitAtLeast(long wanted, String what, Supplier<? extends Number> count) {
        long reached = Eventually.ask(() -> count.get().longValue(), now -> now >= wanted);
        if (reached < wanted) {
            throw new IllegalStateException("only " + reached + " of " + wanted + " " + what + " came");
        }
    }

    private static void require(Reply reply, int status) {
        if (reply.status() != status) {
            throw new IllegalStateException("the api answered with status " + reply.status() + ", not " + status);
        }
    }
}
