package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.Stack.Program;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.process.Output;
import dev.latchkey.embedded.process.Readiness;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that crashes loses nothing and does nothing twice. */
@ExtendWith(OneStack.class)
final class ServicesCrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENTS = 20;
    private static final String SLOW_IN_CHAT = "sk-later-slow-00000001";

    @AfterEach
    void startWhatATestStopped(Stack stack) {
        Stream.of(Program.values()).forEach(stack::start);
    }

    @ParameterizedTest
    @EnumSource(names = {"API", "ROUTER", "AGENT_WORKER", "PNL_WORKER"})
    void everyPromptIsAnsweredOnceAndEveryTradeBookedOnce(Program service, Stack stack) {
        var user = User.withKey(stack, "sk-crash-of-" + service.name().length() + "-00000001");
        try (var publisher = new Publisher(stack.kafka());
                var runs = new Runs(stack)) {
            var prompts = IntStream.range(0, EVENTS)
                    .mapToObj(i -> publishBoth(publisher, user, i == EVENTS / 2 ? () -> stack.kill(service) : () -> {}))
                    .toList();
            stack.start(service);

            assertThat(prompts)
                    .allSatisfy(prompt -> assertThat(
                                    runs.finalOf(prompt.getPromptId()).getStatus())
                            .isEqualTo(RunStatus.ANSWERED))
                    .allSatisfy(prompt ->
                            assertThat(runs.finalsOf(prompt.getPromptId())).isEqualTo(1));
            assertThat(Eventually.ask(() -> position(user), quantity -> quantity.intValue() == EVENTS))
                    .isEqualByComparingTo(String.valueOf(EVENTS));
        }
    }

    @Test
    void whatTheApiAcceptedAroundItsCrashIsToldOnceAndInOrder(Stack stack) throws Exception {
        var user = User.withKey(stack, rotated(0));
        var id = user.api().get(ApiClient.CREDENTIALS).body().at("/0/id").asText();
        var crash = Thread.ofVirtual().unstarted(() -> restart(stack, Program.API));

        var accepted = new ArrayList<String>();
        var prompts = new ArrayList<UUID>();
        int unanswered = 0;
        for (int number = 1; accepted.size() < EVENTS || crash.isAlive(); number++) {
            if (number == EVENTS / 2) {
                crash.start();
            }
            try {
                prompts.add(user.submit("Which key is it?"));
                rotate(user, id, rotated(number));
                accepted.add(masked(number));
            } catch (UncheckedIOException e) {
                unanswered++;
                awaitReady(stack);
            }
        }
        assertThat(unanswered).isPositive();

        assertTold(stack, user, UUID.fromString(id), accepted);
        try (var runs = new Runs(stack)) {
            assertThat(prompts).hasSizeGreaterThanOrEqualTo(EVENTS).allSatisfy(prompt -> {
                assertThat(runs.finalOf(prompt).getStatus()).isEqualTo(RunStatus.ANSWERED);
                assertThat(runs.finalsOf(prompt)).isEqualTo(1);
            });
        }
    }

    @Test
    void aTaskWhoseWorkerDiedDuringTheCallIsTakenAgain(Stack stack) {
        var calls = new ProviderCalls(stack.providerStandIn());
        var user = User.withKey(stack, SLOW_IN_CHAT);

        var prompt = user.submit("Take your time.");
        await().atMost(PATIENCE).until(() -> calls.chatsWith(SLOW_IN_CHAT).size() == 1);
        stack.kill(Program.AGENT_WORKER);
        stack.start(Program.AGENT_WORKER);

        try (var runs = new Runs(stack)) {
            assertThat(runs.finalOf(prompt).getStatus()).isEqualTo(RunStatus.ANSWERED);
            assertThat(runs.finalsOf(prompt)).isEqualTo(1);
        }
        assertThat(calls.chatsWith(SLOW_IN_CHAT)).hasSize(2);
    }

    private static void restart(Stack stack, Program program) {
        stack.kill(program);
        stack.start(program);
    }

    private static String rotated(int number) {
        return "sk-crash-of-the-api-%04d".formatted(number);
    }

    private static String masked(int number) {
        return "sk-...%04d".formatted(number);
    }

    /** One that is not answered may have been accepted or not. */
    private static void rotate(User user, String id, String key) {
        var reply = user.api().put(ApiClient.CREDENTIALS + "/" + id, Map.of("api_key", key));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    }

    private static void awaitReady(Stack stack) {
        await().atMost(PATIENCE).until(() -> Readiness.isOk(stack.api().resolve("/health/ready")));
    }

    /** The history has no gap and no repetition, and with it goes an event for each change. */
    private static void assertTold(Stack stack, User user, UUID credential, List<String> accepted) {
        try (var history = new TopicTail<>(stack.kafka(), Topics.CREDENTIAL_AUDIT);
                var credentials = new TopicTail<>(stack.kafka(), Topics.CREDENTIALS)) {
            assertThat(history.first(entry -> entry.getUserId().equals(user.id())
                            && entry.getAfter() != null
                            && entry.getAfter().getMaskedKey().equals(accepted.getLast())))
                    .isPresent();
            var entries = history.all().stream()
                    .flatMap(seen -> seen.found().stream())
                    .filter(entry -> entry.getUserId().equals(user.id()))
                    .toList();
            assertThat(entries.stream().map(CredentialAudited::getSequence))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, entries.size()).boxed().toList());
            assertThat(Output.of(stack.audit(
                                    List.of("verify", "--user", user.id().toString())))
                            .status())
                    .isZero();
            var told = entries.stream()
                    .filter(entry -> entry.getChange() == CredentialChange.ROTATED)
                    .map(entry -> entry.getAfter().getMaskedKey())
                    .toList();
            assertThat(told).doesNotHaveDuplicates().containsSubsequence(accepted);
            assertThat(credentials.all().stream()
                            .flatMap(seen -> seen.found().stream())
                            .filter(change -> change.getCredentialId().equals(credential))
                            .map(CredentialChanged::getMaskedKey))
                    .startsWith(masked(0))
                    .endsWith(told.toArray(String[]::new))
                    .hasSize(told.size() + 1);
        }
    }

    private static PromptSubmitted publishBoth(Publisher publisher, User user, Runnable accident) {
        accident.run();
        var key = user.id().toString();
        var prompt = Upstream.prompt(user.id());
        publisher.publish(Topics.PROMPTS, key, prompt);
        publisher.publish(Topics.TRADES, key, Upstream.buy(user.id(), "1", "100"));
        return prompt;
    }

    private static BigDecimal position(User user) {
        var positions = user.api().get(ApiClient.PNL + "/positions").body().path("positions");
        return new BigDecimal(positions.path(0).path("position_qty").asText("0"));
    }
}
