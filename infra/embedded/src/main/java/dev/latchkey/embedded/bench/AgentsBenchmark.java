package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ObservedProvider;
import dev.latchkey.runtime.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What the way from a published prompt to the call of its model adds to that of a bare consumer that calls it directly, and how
 * many calls one worker holds at what cost in memory.
 */
final class AgentsBenchmark implements Benchmark {
    private static final int USERS = 100;
    private static final int IN_FLIGHT = 5_000;
    private static final int PARTITIONS = 4;
    private static final Duration ANSWERS_AFTER = Duration.ofMillis(200);
    private static final String BARE_TOPIC = "bench-prompts";
    private static final String ROOM = Integer.toString(2 * IN_FLIGHT);
    private static final List<Integer> RATES = List.of(100, 250, 500, 1_000);
    private static final int FULL_RATE = RATES.getLast();
    private static final int RATE_OF_WARM_UP = 300;
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final String LOST = "prompts without a call";
    private static final String MEMORY = "memory per call in flight";

    /** Taken early, for the services are told before anybody listens there. */
    private final int port = freePort();

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public String purpose() {
        return "from a published prompt to the call of its model at " + FULL_RATE + " prompts/s, and " + IN_FLIGHT
                + " calls in flight in one worker; baseline: a bare consumer that calls the model directly";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "LATCHKEY_OPENAI_BASE_URL", "http://localhost:" + port,
                "LATCHKEY_AGENT_TASKS", ROOM,
                "LATCHKEY_AGENT_PROVIDER_TASKS", ROOM,
                "LATCHKEY_USER_TASKS", ROOM,
                "LATCHKEY_CREDENTIAL_TASKS", ROOM);
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal(added(50, FULL_RATE), 5),
                new Goal(added(99, FULL_RATE), 13),
                new Goal(LOST, 1),
                new Goal(MEMORY, 100));
    }

    @Override
    public List<Figure> measure(Stack stack, Progress progress) throws Exception {
        try (var provider = ObservedProvider.start(port, ANSWERS_AFTER)) {
            progress.waitingFor(USERS + " users");
            var users = IntStream.range(0, USERS).mapToObj(_ -> register(stack)).toList();
            progress.waitingFor("the bare consumer");
            var bare = bare(stack, provider, users);
            progress.waitingFor("the whole way");
            var whole = whole(stack, provider, users);
            progress.waitingFor(IN_FLIGHT + " calls in flight");
            double memory = memoryOfACall(stack, provider, users);
            return figures(bare, whole, memory);
        }
    }

    private static List<Figure> figures(Map<Integer, Arrivals> bare, Map<Integer, Arrivals> whole, double memory) {
        var figures = new ArrayList<Figure>();
        whole.forEach((rate, ours) -> figures.addAll(figures(rate, ours, Objects.requireNonNull(bare.get(rate)))));
        figures.add(Figure.against(LOST, lost(whole), "prompts", lost(bare)));
        figures.add(Figure.of("calls in flight in one worker", IN_FLIGHT, "calls"));
        figures.add(Figure.of(MEMORY, memory, "KB"));
        return figures;
    }

    private static List<Figure> figures(int rate, Arrivals ours, Arrivals direct) {
        return List.of(
                Figure.against("prompts published at " + rate + "/s", ours.rate(), "prompts/s", direct.rate()),
                against("published to called", 50, rate, ours, direct),
                against("published to called", 99, rate, ours, direct),
                Figure.of(
                        added(50, rate),
                        ours.times().millis(50) - direct.times().millis(50),
                        "ms"),
                Figure.of(
                        added(99, rate),
                        ours.times().millis(99) - direct.times().millis(99),
                        "ms"));
    }

    private static Figure against(String what, int percent, int rate, Arrivals ours, Arrivals direct) {
        return Figure.against(
                at(what, percent, rate),
                ours.times().millis(percent),
                "ms",
                direct.times().millis(percent));
    }

    private static String added(int percent, int rate) {
        return at("added", percent, rate);
    }

    private static String at(String what, int percent, int rate) {
        return what + " p" + percent + " at " + rate + "/s";
    }

    private static long lost(Map<Integer, Arrivals> arrivals) {
        return arrivals.values().stream().mapToLong(Arrivals::lost).sum();
    }

    private static Map<Integer, Arrivals> bare(Stack stack, ObservedProvider provider, List<UUID> users)
            throws Exception {
        createTopic(stack);
        try (var _ = BareWorker.start(stack.kafka(), BARE_TOPIC, provider.address());
                var prompts = new PromptSource(stack.kafka(), BARE_TOPIC)) {
            return atAllRates(prompts, provider, users);
        }
    }

    private static Map<Integer, Arrivals> whole(Stack stack, ObservedProvider provider, List<UUID> users) {
        try (var prompts = new PromptSource(stack.kafka())) {
            return atAllRates(prompts, provider, users);
        }
    }

    /** After a warm-up that does not count, so that what is measured is no compiler. */
    private static Map<Integer, Arrivals> atAllRates(
            PromptSource prompts, ObservedProvider provider, List<UUID> users) {
        var _ = Arrivals.of(prompts, provider, users, RATE_OF_WARM_UP, WARM_UP);
        var arrivals = new TreeMap<Integer, Arrivals>();
        for (int rate : RATES) {
            arrivals.put(rate, Arrivals.of(prompts, provider, users, rate, MEASURED));
        }
        return arrivals;
    }

    private static double memoryOfACall(Stack stack, ObservedProvider provider, List<UUID> users) throws Exception {
        Eventually.ask(provider::inFlight, calls -> calls == 0);
        long before = ServiceMemory.used("agent-worker");
        provider.hold();
        try (var prompts = new PromptSource(stack.kafka())) {
            for (int i = 0; i < IN_FLIGHT; i++) {
                prompts.publish(users.get(i % users.size()), UUID.randomUUID());
            }
            prompts.awaitTaken();
            int held = Eventually.ask(provider::inFlight, calls -> calls >= IN_FLIGHT);
            if (held < IN_FLIGHT) {
                throw new IllegalStateException("only " + held + " of " + IN_FLIGHT + " calls are in flight");
            }
            return (ServiceMemory.used("agent-worker") - before) / 1000.0 / held;
        } finally {
            provider.release();
        }
    }

    private static UUID register(Stack stack) {
        var user = UUID.randomUUID();
        var api = new ApiClient(stack.api(), stack.token(user));
        var key = "sk-bench-" + user.toString().replace("-", "");
        var reply = api.post(ApiClient.CREDENTIALS, Map.of("provider", "openai", "api_key", key, "is_default", true));
        if (reply.status() != 201) {
            throw new IllegalStateException("the api answered with status " + reply.status() + ", not 201");
        }
        Eventually.ask(() -> api.get(ApiClient.DEFAULT_MODEL).status(), status -> status == 200);
        return user;
    }

    private static void createTopic(Stack stack) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(new HashMap<>(stack.kafka().clientProperties()))) {
            admin.createTopics(List.of(new NewTopic(BARE_TOPIC, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }
}
