package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.Stack.Program;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.IntStream;
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
