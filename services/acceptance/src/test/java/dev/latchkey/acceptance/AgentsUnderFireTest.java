package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.StackSettings;
import dev.latchkey.embedded.WorkingDirectory;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ObservedProvider;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.process.RunningService;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Message;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.events.RunStatus;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Workers and router are killed at random moments while prompts come in, some of them twice: each ends once, and a model is
 * asked again only where a process died while it was asked.
 */
final class AgentsUnderFireTest {
    private static final int PROMPTS = 5_000;
    private static final int KILLS_EACH = 25;
    private static final int USERS = 40;
    private static final int MOST_IN_FLIGHT = 100;
    private static final int EVERY_SO_MANY_TWICE = 10;
    private static final Duration ANSWERS_AFTER = Duration.ofMillis(50);
    private static final int EVERY_SO_MANY_AT_WORK = 5;
    private static final Duration LONGEST_PEACE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<RunStatus> FINAL = Set.of(RunStatus.ANSWERED, RunStatus.REFUSED, RunStatus.FAILED);
    private static final long SEED = System.nanoTime();

    /** What is around the targets. */
    private record Fire(Executor threads, Set<ProcessHandle> strangers) {}

    /** A program that dies and is started again, over and over. */
    private static final class Target {
        private final Stack stack;
        private final Stack.Program program;
        private final String name;
        private final Random random;
        private final Executor threads;
        /** Those of other stacks, which other tests use. */
        private final Set<ProcessHandle> strangers;

        private CompletableFuture<Boolean> start = CompletableFuture.completedFuture(true);

        Target(Stack stack, Stack.Program program, Fire fire, long seed) {
            this.stack = stack;
            this.threads = fire.threads();
            this.strangers = fire.strangers();
            this.program = program;
            this.name = program.name().toLowerCase(Locale.ROOT).replace('_', '-');
            this.random = new Random(seed);
        }

        /** Sometimes at work, and sometimes while it starts, joins its group and takes up what the one before left. */
        void killAgainAndAgain() {
            for (int i = 1; i <= KILLS_EACH; i++) {
                if (i % EVERY_SO_MANY_AT_WORK == 0) {
                    awaitWork();
                }
                kill();
            }
            awaitWork();
        }

        private void awaitWork() {
            while (!start.join()) {
                startAgain();
            }
        }

        /** The pause is the randomness of the moment: nothing is waited for. */
        private void kill() {
            var process = Eventually.ask(this::found, Optional::isPresent);
            LockSupport.parkNanos(random.nextLong(LONGEST_PEACE.toNanos()));
            process.orElseThrow().destroyForcibly();
            start.join();
            stack.kill(program);
            startAgain();
        }

        /** One that did not come up is started once more. */
        private Optional<ProcessHandle> found() {
            if (start.isDone() && !start.join()) {
                startAgain();
            }
            return RunningService.all(name)
                    .filter(process -> !strangers.contains(process))
                    .findFirst();
        }

        /** False when it died before it was ready. */
        private boolean isStarted() {
            try {
                stack.start(program);
                return true;
            } catch (StartRefused e) {
                return false;
            }
        }

        private void startAgain() {
            start = CompletableFuture.supplyAsync(this::isStarted, threads);
        }
    }

    @Test
    void everyPromptEndsOnceAndNothingIsAskedAgainWithoutADeath() throws Exception {
        System.err.println("AgentsUnderFireTest: seed " + SEED);
        var strangers =
                Stream.of("router", "agent-worker").flatMap(RunningService::all).collect(Collectors.toSet());
        try (var threads = Executors.newCachedThreadPool();
                var provider = ObservedProvider.start(ANSWERS_AFTER);
                var directory = WorkingDirectory.temporary();
                var stack = Stack.start(settings(directory, provider), Progress.silent())) {
            var users = IntStream.range(0, USERS)
                    .mapToObj(i -> User.withKey(stack, "sk-under-fire-" + i))
                    .map(User::id)
                    .toList();
            var around = new Fire(threads, strangers);
            var worker = new Target(stack, Stack.Program.AGENT_WORKER, around, SEED);
            var router = new Target(stack, Stack.Program.ROUTER, around, SEED + 1);
            var fire = new AtomicBoolean(true);
            var published = CompletableFuture.supplyAsync(() -> publish(stack, users, fire), threads);
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(worker::killAgainAndAgain, threads),
                            CompletableFuture.runAsync(router::killAgainAndAgain, threads))
                    .whenComplete((_, _) -> fire.set(false))
                    .join();
            var prompts = published.join();

            var finals = finals(stack, prompts);

            var calls = provider.asked().stream()
                    .collect(Collectors.groupingBy(ObservedProvider.Asked::question, Collectors.counting()));
            long repeated =
                    calls.values().stream().mapToLong(count -> count - 1).sum();
            // A second use of a key that is heard of after the result is not in the run's attempts.
            long untold = finals.entrySet().stream()
                    .filter(run -> run.getValue().getFirst().getReceipt().getAttempts()
                            < calls.getOrDefault(run.getKey().toString(), 0L))
                    .count();
            System.err.printf(
                    "AgentsUnderFireTest: %d prompts, %d kills, lost %d, doubled %d, calls %d, of them repeated %d,"
                            + " of these not told by the run %d%n",
                    prompts.size(),
                    2 * KILLS_EACH,
                    prompts.stream().filter(id -> !finals.containsKey(id)).count(),
                    finals.values().stream().filter(runs -> runs.size() > 1).count(),
                    provider.asked().size(),
                    repeated,
                    untold);
            assertThat(finals).hasSize(PROMPTS);
            assertThat(finals.values())
                    .allSatisfy(runs -> assertThat(runs)
                            .singleElement()
                            .satisfies(run -> assertThat(run.getStatus()).isEqualTo(RunStatus.ANSWERED)));
            assertThat(calls).hasSize(PROMPTS);
            assertThat(repeated).isLessThanOrEqualTo((long) KILLS_EACH * MOST_IN_FLIGHT);
        }
    }

    private static StackSettings settings(WorkingDirectory directory, ObservedProvider provider) {
        return new StackSettings(
                Checkout.distribution(),
                Ports.free(),
                directory.path(),
                directory.path().resolve("issuer.json"),
                Map.of(
                        "LATCHKEY_OPENAI_BASE_URL", provider.address().toString(),
                        "LATCHKEY_AGENT_TASKS", Integer.toString(MOST_IN_FLIGHT)));
    }

    /** As long as there is fire, and all of them; every tenth is sent twice, as upstream services do that retry. */
    private static List<UUID> publish(Stack stack, List<UUID> users, AtomicBoolean fire) {
        var random = new Random(SEED + 2);
        var prompts = new ArrayList<UUID>();
        try (var publisher = new Publisher(stack.kafka())) {
            for (int i = 0; i < PROMPTS; i++) {
                var user = users.get(random.nextInt(users.size()));
                var prompt = prompt(user);
                prompts.add(prompt.getPromptId());
                publisher.publish(Topics.PROMPTS, user.toString(), prompt);
                if (i % EVERY_SO_MANY_TWICE == 0) {
                    publisher.publish(Topics.PROMPTS, user.toString(), prompt);
                }
                if (fire.get()) {
                    LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
                }
            }
        }
        return prompts;
    }

    /** The provider knows a prompt by what it says. */
    private static PromptSubmitted prompt(UUID user) {
        var prompt = Upstream.prompt(user);
        return PromptSubmitted.newBuilder(prompt)
                .setMessages(List.of(new Message(Role.USER, prompt.getPromptId().toString())))
                .build();
    }

    private static Map<UUID, List<AgentRun>> finals(Stack stack, List<UUID> prompts) {
        var waiting = new HashSet<>(prompts);
        var finals = new HashMap<UUID, List<AgentRun>>();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try (var runs = new TopicTail<>(stack.kafka(), Topics.AGENT_RUNS)) {
            while (!waiting.isEmpty() && System.nanoTime() < giveUp) {
                runs.next().forEach(seen -> seen.found().ifPresent(run -> waiting.remove(endOf(run))));
            }
            runs.all()
                    .forEach(seen -> seen.found()
                            .filter(run -> FINAL.contains(run.getStatus()))
                            .ifPresent(run -> finals.computeIfAbsent(run.getPromptId(), _ -> new ArrayList<>())
                                    .add(run)));
        }
        return finals;
    }

    private static UUID endOf(AgentRun run) {
        return FINAL.contains(run.getStatus()) ? run.getPromptId() : run.getUserId();
    }
}
