package dev.latchkey.acceptance;

import static dev.latchkey.embedded.Ports.Listener.AGENT_WORKER;
import static dev.latchkey.embedded.Ports.Listener.API;
import static dev.latchkey.embedded.Ports.Listener.PNL_WORKER;
import static dev.latchkey.embedded.Ports.Listener.ROUTER;
import static dev.latchkey.embedded.Stack.Program.KAFKA;
import static dev.latchkey.embedded.Stack.Program.POSTGRES;
import static dev.latchkey.embedded.Stack.Program.REGISTRY;
import static dev.latchkey.embedded.Stack.Program.STAND_INS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.Stack.Program;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.process.Readiness;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import dev.latchkey.standins.providers.Call;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A part that goes away makes services say so; when it is back, they go on by themselves, and nothing is lost. */
@ExtendWith(OneStack.class)
final class PartsGoAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<Listener> SERVICES = List.of(API, ROUTER, AGENT_WORKER, PNL_WORKER);

    static Stream<Arguments> partsAndTheServicesThatNeedThem() {
        return Stream.of(
                Arguments.of(KAFKA, SERVICES),
                Arguments.of(POSTGRES, List.of(API)),
                Arguments.of(REGISTRY, SERVICES),
                Arguments.of(STAND_INS, List.of(API, AGENT_WORKER, PNL_WORKER)));
    }

    @AfterEach
    void startWhatATestStopped(Stack stack) {
        Stream.of(Program.values()).forEach(stack::start);
        new VaultOperator(stack).unseal();
        await().atMost(PATIENCE).until(() -> SERVICES.stream().allMatch(service -> isReady(stack, service)));
    }

    @ParameterizedTest
    @MethodSource("partsAndTheServicesThatNeedThem")
    void servicesSayThatTheyAreNotReadyAndRecoverByThemselves(Program part, List<Listener> needing, Stack stack) {
        var user = User.withKey(stack, "sk-" + part.name() + "-goes-0001");

        stack.kill(part);
        await().atMost(PATIENCE).until(() -> needing.stream().noneMatch(service -> isReady(stack, service)));
        stack.start(part);
        await().atMost(PATIENCE).until(() -> SERVICES.stream().allMatch(service -> isReady(stack, service)));

        assertAnsweredOnce(stack, user.submit("Is anybody there?"));
    }

    @Test
    void whatIsAcceptedWithoutKafkaIsPublishedWhenItIsBack(Stack stack) {
        var user = User.of(stack);

        stack.kill(KAFKA);
        user.registerDefault("openai", "sk-without-kafka-0001");
        var prompt = user.submit("Can you hear me?");
        stack.start(KAFKA);

        try (var credentials = new TopicTail<>(stack.kafka(), Topics.CREDENTIALS)) {
            assertThat(credentials.first(change -> change.getUserId().equals(user.id())))
                    .isPresent();
        }
        assertAnsweredOnce(stack, prompt);
    }

    @Test
    void aPromptThatComesWithoutVaultIsAnsweredWhenItIsBack(Stack stack) {
        var user = User.withKey(stack, "sk-without-vault-0001");

        stack.kill(STAND_INS);
        var prompt = user.submit("Can you open my key?");
        await().atMost(PATIENCE).until(() -> !isReady(stack, AGENT_WORKER));
        stack.start(STAND_INS);

        assertAnsweredOnce(stack, prompt);
    }

    @Test
    void aPromptThatComesWithoutTheRegistryIsAnsweredWhenItIsBack(Stack stack) {
        var user = User.withKey(stack, "sk-without-registry-0001");

        stack.kill(REGISTRY);
        await().atMost(PATIENCE).until(() -> SERVICES.stream().noneMatch(service -> isReady(stack, service)));
        var prompt = user.submit("Do you know my words?");
        stack.start(REGISTRY);

        assertAnsweredOnce(stack, prompt);
    }

    @Test
    void aPromptThatComesWhileVaultIsSealedIsAnsweredAfterItWasUnsealed(Stack stack) {
        var user = User.withKey(stack, "sk-while-sealed-0001");
        var vault = new VaultOperator(stack);

        vault.seal();
        var prompt = user.submit("Can you open my key?");
        await().atMost(PATIENCE).until(() -> !isReady(stack, AGENT_WORKER) && !isReady(stack, API));
        var refused =
                user.api().post(ApiClient.CREDENTIALS, Map.of("provider", "google", "api_key", "AIza-sealed-0002"));
        vault.unseal();

        assertThat(refused.status()).isEqualTo(503);
        assertAnsweredOnce(stack, prompt);
        assertThat(new ProviderCalls(stack.providerStandIn()).chatsWith("sk-while-sealed-0001"))
                .extracting(Call::provider)
                .containsExactly("openai");
    }

    @Test
    void servicesWhoseTokensWereRevokedLogInAgainAndGoOn(Stack stack) {
        var before = User.withKey(stack, "sk-before-revocation-0001");

        new VaultOperator(stack).revokeLogins();
        var prompt = before.submit("Can you open my key?");
        var after = User.withKey(stack, "sk-after-revocation-0001");

        assertAnsweredOnce(stack, prompt);
        assertAnsweredOnce(stack, after.submit("And mine?"));
        assertThat(SERVICES).allMatch(service -> isReady(stack, service));
    }

    @Test
    void whatCanNotBeStoredIsRefusedAndLeavesNothing(Stack stack) {
        var user = User.of(stack);
        var key = Map.of("provider", "openai", "api_key", "sk-without-database-0001");

        stack.kill(POSTGRES);
        var refused = user.api().post(ApiClient.CREDENTIALS, key);
        stack.start(POSTGRES);
        await().atMost(PATIENCE).until(() -> isReady(stack, API));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(user.api().get(ApiClient.CREDENTIALS).body()).isEmpty();
    }

    private static void assertAnsweredOnce(Stack stack, UUID prompt) {
        try (var runs = new Runs(stack)) {
            assertThat(runs.finalOf(prompt).getStatus()).isEqualTo(RunStatus.ANSWERED);
            assertThat(runs.finalsOf(prompt)).isEqualTo(1);
        }
    }

    private static boolean isReady(Stack stack, Listener service) {
        return Readiness.isOk(URI.create(stack.ports().url(service) + "/health/ready"));
    }
}
