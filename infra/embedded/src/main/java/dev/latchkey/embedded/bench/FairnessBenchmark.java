package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.Reply;
import dev.latchkey.events.RunStatus;
import dev.latchkey.runtime.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long a single prompt takes while a stranger has a flood of prompts waiting, and while the provider of many strangers
 * hangs. The baseline is the same prompt while nobody else asks anything.
 */
final class FairnessBenchmark implements Benchmark {
    private static final int FLOOD = 100_000;
    private static final int PROMPTS = 40;
    private static final int HANGING_USERS = 100;
    private static final int HANGING_PROMPTS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** The stand-in answers such keys after 200 ms, and these never. */
    private static final String SLOW_KEY = "sk-delay200-bench-";

    private static final String HANGING_KEY = "sk-ant-later-hang-bench-";
    private static final String BESIDE_A_FLOOD = "beside a flood, times as long";
    private static final String BESIDE_A_HANGING_PROVIDER = "beside a hanging provider, times as long";

    private final int flood;

    FairnessBenchmark() {
        this(FLOOD);
    }

    private FairnessBenchmark(int flood) {
        this.flood = flood;
    }

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public String purpose() {
        return "a single prompt beside a stranger's flood of waiting prompts, and beside a provider that hangs; baseline:"
                + " the same prompt alone";
    }

    @Override
    public Benchmark sized(int count) {
        return new FairnessBenchmark(count);
    }

    @Override
    public List<Goal> goals() {
        return List.of(new Goal(BESIDE_A_FLOOD, 2), new Goal(BESIDE_A_HANGING_PROVIDER, 2));
    }

    @Override
    public List<Figure> measure(Stack stack, Progress progress) throws Exception {
        try (var watch = RunWatch.start(stack.kafka());
                var prompts = new PromptSource(stack.kafka())) {
            var flooding = UUID.randomUUID();
            var victim = neighbourOf(flooding, prompts);
            register(stack, flooding, "openai", SLOW_KEY);
            register(stack, victim, "openai", SLOW_KEY);
            progress.waitingFor("the same prompt alone");
            ask(victim, watch, prompts);
            var alone = ask(victim, watch, prompts);
            progress.waitingFor(HANGING_USERS + " users of a provider that hangs");
            hang(stack, prompts);
            var besideHanging = ask(victim, watch, prompts);
            progress.waitingFor("a flood of " + flood + " prompts");
            prompts.flood(flooding, flood);
            prompts.awaitTaken();
            var besideFlood = ask(victim, watch, prompts);
            long waiting = flood - watch.endingsOf(flooding);
            return figures(alone, besideHanging, besideFlood, waiting);
        }
    }

    private static List<Figure> figures(
            Percentiles alone, Percentiles besideHanging, Percentiles besideFlood, long waiting) {
        return List.of(
                Figure.of("prompts of the flood that still wait", waiting, "prompts"),
                Figure.against("beside a flood p50", besideFlood.millis(50), "ms", alone.millis(50)),
                Figure.against("beside a flood p99", besideFlood.millis(99), "ms", alone.millis(99)),
                Figure.of(BESIDE_A_FLOOD, besideFlood.millis(50) / alone.millis(50), "times"),
                Figure.against("beside a hanging provider p50", besideHanging.millis(50), "ms", alone.millis(50)),
                Figure.against("beside a hanging provider p99", besideHanging.millis(99), "ms", alone.millis(99)),
                Figure.of(BESIDE_A_HANGING_PROVIDER, besideHanging.millis(50) / alone.millis(50), "times"));
    }

    /** Somebody whose prompts lie on the same partition: worse off than anybody else. */
    private static UUID neighbourOf(UUID user, PromptSource prompts) {
        return Stream.generate(UUID::randomUUID)
                .filter(other -> prompts.partitionOf(other) == prompts.partitionOf(user))
                .findFirst()
                .orElseThrow();
    }

    private static void hang(Stack stack, PromptSource prompts) {
        for (int i = 0; i < HANGING_USERS; i++) {
            var user = UUID.randomUUID();
            register(stack, user, "anthropic", HANGING_KEY);
            prompts.flood(user, HANGING_PROMPTS);
        }
        prompts.awaitTaken();
    }

    private static Percentiles ask(UUID user, RunWatch watch, PromptSource prompts) throws Exception {
        var times = new ArrayList<Duration>();
        for (int i = 0; i < PROMPTS; i++) {
            var id = UUID.randomUUID();
            var ending = watch.ending(id);
            long begin = System.nanoTime();
            prompts.publish(user, id);
            var ended = ending.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (ended.status() != RunStatus.ANSWERED) {
                throw new IllegalStateException("a prompt was not answered: " + ended.status());
            }
            times.add(Duration.ofNanos(ended.nanoTime() - begin));
        }
        return new Percentiles(times);
    }

    private static void register(Stack stack, UUID user, String provider, String keyPrefix) {
        var api = new ApiClient(stack.api(), stack.token(user));
        var key = keyPrefix + user.toString().replace("-", "");
        require(api.post(ApiClient.CREDENTIALS, Map.of("provider", provider, "api_key", key, "is_default", true)));
        Eventually.ask(() -> api.get(ApiClient.DEFAULT_MODEL).status(), status -> status == 200);
    }

    private static void require(Reply reply) {
        if (reply.status() != 201) {
            throw new IllegalStateException("the api answered with status " + reply.status() + ", not 201");
        }
    }
}
