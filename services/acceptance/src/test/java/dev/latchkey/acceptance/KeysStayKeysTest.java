package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys whose text is known are used in every way there is, and then looked for wherever something is kept. So that nothing
 * is found because nothing would be, a text that is no secret is looked for in the same way, and is found.
 */
@ExtendWith(OneStack.class)
final class KeysStayKeysTest {
    /** Promised of the api: no key is in its heap ten seconds after the last request. Nothing else tells that they are over. */
    private static final Duration AFTER_THE_LAST_REQUEST = Duration.ofSeconds(10);
    /** How long the worker may remember an opened key, and some time to notice that it was that long. */
    private static final Duration CACHE_BOUND = OneStack.UNSEAL_CACHE.plusSeconds(30);

    private final Canary used = Canary.of("sk-");
    private final Canary next = Canary.of("sk-");
    private final Canary claude = Canary.of("sk-ant-");
    private final Canary gemini = Canary.of("AIza");
    private final Canary sealing = Canary.of("sk-");
    private final Canary last = Canary.of("sk-");
    private final Canary elsewhere = Canary.of("sk-");
    private final Canary refused = Canary.of("sk-bad-");
    private final Canary limited = Canary.of("sk-ratelimited-");
    private final Canary failing = Canary.of("sk-later-broken-");
    private final Canary hurried = Canary.of("sk-later-ratelimited-");
    private final Canary interrupted = Canary.of("sk-later-hang-");
    private final List<Canary> all = List.of(
            used, next, claude, gemini, sealing, last, elsewhere, refused, limited, failing, hurried, interrupted);
    /** Is told to everybody. */
    private final Canary control = Canary.of("no secret: ");

    @Test
    void noKeyIsFoundWhereSomethingIsKeptOrTold(Stack stack, @TempDir Path directory) throws Exception {
        var wiretap = new Wiretap(stack);
        dieDuringACall(stack, wiretap);
        answerAndFail(stack, wiretap);
        misuse(stack, wiretap);
        operate(stack, wiretap);
        answerOnceMore(stack);
        var lastRequest = Instant.now();

        assertThat(Search.findings(List.of(dump("agent-worker", directory)), List.of(last)))
                .hasSize(1);
        var kept = new ArrayList<>(new Keepers(stack).all());
        kept.addAll(wiretap.heard());
        assertThat(kept).hasSizeGreaterThan(200);
        assertThat(Search.findings(kept, all)).isEmpty();
        assertIsFoundWhereItWasTold(kept);
        await().atMost(AFTER_THE_LAST_REQUEST.multipliedBy(2))
                .until(() -> Instant.now().isAfter(lastRequest.plus(AFTER_THE_LAST_REQUEST)));
        for (var service : List.of("api", "router", "pnl-worker")) {
            assertThat(Search.findings(List.of(dump(service, directory)), all)).isEmpty();
        }
        await().atMost(CACHE_BOUND)
                .untilAsserted(() -> assertThat(Search.findings(List.of(dump("agent-worker", directory)), all))
                        .isEmpty());
    }

    private void dieDuringACall(Stack stack, Wiretap wiretap) throws Exception {
        var user = User.withKey(stack, interrupted.key());
        user.submit("This takes for ever.");
        Eventually.ask(
                () -> new ProviderCalls(stack.providerStandIn()).chatsWith(interrupted.key()),
                calls -> !calls.isEmpty());
        stack.kill(Stack.Program.AGENT_WORKER);
        stack.start(Stack.Program.AGENT_WORKER);
        var id = user.api().get(ApiClient.CREDENTIALS).body().get(0).path("id").asText();
        wiretap.delete(user.id(), ApiClient.CREDENTIALS + "/" + id);
    }

    private void answerAndFail(Stack stack, Wiretap wiretap) throws Exception {
        try (var runs = new Runs(stack)) {
            var user = User.withKey(stack, used.key());
            var prompt = user.submit("Repeat this: " + control.key());
            assertThat(runs.finalOf(prompt).getStatus()).isEqualTo(RunStatus.ANSWERED);
            Eventually.ask(
                    () -> user.api().get(ApiClient.PROMPTS + "/" + prompt).text("status"), "answered"::equals);
            wiretap.get(user.id(), ApiClient.PROMPTS + "/" + prompt);
            var id = user.registerDefault("anthropic", claude.key());
            wiretap.post(user.id(), ApiClient.CREDENTIALS + "/validate", Map.of("credential_id", id));
            wiretap.put(user.id(), ApiClient.CREDENTIALS + "/" + id, Map.of("api_key", claude.key()));
            wiretap.get(user.id(), ApiClient.CREDENTIALS);
            var bob = User.of(stack);
            var geminiId = bob.registerDefault("google", gemini.key());
            assertThat(runs.finalOf(bob.submit("And you?")).getStatus()).isEqualTo(RunStatus.ANSWERED);
            wiretap.delete(bob.id(), ApiClient.CREDENTIALS + "/" + geminiId);
            var unlucky = Stream.of(failing, hurried)
                    .map(canary -> User.withKey(stack, canary.key()).submit("Fail, please."))
                    .toList();
            assertThat(unlucky)
                    .allSatisfy(failed ->
                            assertThat(runs.finalOf(failed).getStatus()).isEqualTo(RunStatus.FAILED));
        }
    }

    /** Keys in every field where none belongs, and keys that nobody accepts. */
    private void misuse(Stack stack, Wiretap wiretap) throws Exception {
        var user = User.of(stack).id();
        var credentials = ApiClient.CREDENTIALS;
        var named = Map.of("provider", "openai", "api_key", next.key(), "model_name", control.marker());
        wiretap.postOnce(user, credentials, named, next.key());
        wiretap.postOnce(user, credentials, named, next.key());
        wiretap.postOnce(user, credentials, Map.of("provider", "google", "api_key", "AIza-another"), next.key());
        wiretap.post(user, credentials, Map.of("provider", "openai", "api_key", refused.key()));
        wiretap.post(user, credentials, Map.of("provider", "openai", "api_key", limited.key()));
        wiretap.post(user, credentials, Map.of("provider", "openai", "api_key", next.key()));
        wiretap.post(user, credentials, Map.of("provider", 7, "api_key", used.key()));
        wiretap.post(user, credentials, Map.of("provider", used.key(), "api_key", used.key()));
        wiretap.post(user, credentials, Map.of("provider", "openai", "api_key", used.key() + " ü"));
        wiretap.post(user, credentials, Map.of("provider", "openai", "api_key", "x", "base_url", used.key()));
        wiretap.post(user, credentials, at("https://nobody.invalid"));
        wiretap.post(user, credentials, at("https://127.0.0.1:1"));
        wiretap.post(user, credentials, Map.of(used.key(), used.key()));
        wiretap.post(user, credentials + "/validate", Map.of("provider", "openai", "api_key", refused.key()));
        wiretap.post(user, credentials + "/validate", Map.of("credential_id", used.key()));
    }

    private Map<String, String> at(String baseUrl) {
        return Map.of("provider", "openai", "api_key", elsewhere.key(), "base_url", baseUrl);
    }

    /** Everything that an operator does, to somebody who seals what he asks and trades. */
    private void operate(Stack stack, Wiretap wiretap) throws Exception {
        var user = SealingUser.withKey(stack, sealing.key());
        try (var runs = new Runs(stack);
                var publisher = new Publisher(stack.kafka())) {
            assertThat(wiretap.run(stack.keys(List.of("rotate")))).isZero();
            assertThat(wiretap.run(stack.keys(List.of("rewrap")))).isZero();
            var prompt = user.prompt("Keep it to yourself.");
            publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);
            publisher.publish(Topics.TRADES, user.id().toString(), user.sealed(Upstream.buy(user.id(), "1", "100")));
            assertThat(runs.finalOf(prompt.getPromptId()).getStatus()).isEqualTo(RunStatus.ANSWERED);
        }
        assertThat(wiretap.run(stack.users(List.of("forget", user.id().toString(), "--no-wait"))))
                .isZero();
        assertThat(wiretap.run(stack.audit(List.of("replay")))).isZero();
        wiretap.run(stack.audit(List.of("replay", "--format", "json")));
        wiretap.run(stack.audit(List.of("reconcile", "--wait", "60")));
    }

    private void answerOnceMore(Stack stack) {
        try (var runs = new Runs(stack)) {
            assertThat(runs.finalOf(User.withKey(stack, last.key()).submit("Do you know my key?"))
                            .getStatus())
                    .isEqualTo(RunStatus.ANSWERED);
        }
    }

    private void assertIsFoundWhereItWasTold(List<Haystack> kept) {
        var places = Search.findings(kept, List.of(control));

        for (var place : List.of("prompts-", "agent-runs-", "credentials-", "table ", "reply 2", "command ")) {
            assertThat(places).anyMatch(found -> found.startsWith(place));
        }
        assertThat(places).anyMatch(found -> found.contains("/kafka/"));
    }

    private static Haystack dump(String service, Path directory) throws IOException, InterruptedException {
        return Haystack.of(HeapDump.of(service, directory));
    }
}
