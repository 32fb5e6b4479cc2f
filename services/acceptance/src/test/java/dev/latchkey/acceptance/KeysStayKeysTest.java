package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Reply;
import dev.latchkey.events.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys whose text is known are used in every way there is, and then looked for wherever something is kept. */
@ExtendWith(OneStack.class)
final class KeysStayKeysTest {
    private static final Duration AFTER_THE_LAST_REQUEST = Duration.ofSeconds(10);
    /** How long the worker may remember an opened key, and some time to notice that it was that long. */
    private static final Duration CACHE_BOUND = Duration.ofSeconds(90);

    private final Canary used = Canary.of("sk-");
    private final Canary next = Canary.of("sk-");
    private final Canary claude = Canary.of("sk-ant-");
    private final Canary gemini = Canary.of("AIza");
    private final Canary refused = Canary.of("sk-bad-");
    private final Canary failing = Canary.of("sk-later-broken-");
    private final Canary hurried = Canary.of("sk-later-ratelimited-");
    private final Canary interrupted = Canary.of("sk-later-hang-");
    private final List<Canary> all = List.of(used, next, claude, gemini, refused, failing, hurried, interrupted);
    private final List<Reply> replies = new ArrayList<>();

    @Test
    void noKeyIsFoundWhereSomethingIsKeptOrTold(Stack stack, @TempDir Path directory) throws Exception {
        answerAndFail(stack);
        misuse(stack);
        dieDuringACall(stack);
        var lastRequest = Instant.now();

        var kept = new ArrayList<>(new Keepers(stack).all());
        replies.forEach(reply -> kept.add(Haystack.of("a reply", reply.body().toString())));

        assertThat(kept).hasSizeGreaterThan(200);
        assertThat(findings(kept)).isEmpty();
        await().atMost(AFTER_THE_LAST_REQUEST.multipliedBy(2))
                .until(() -> Instant.now().isAfter(lastRequest.plus(AFTER_THE_LAST_REQUEST)));
        for (var service : List.of("api", "router", "pnl-worker")) {
            assertThat(findings(List.of(dump(service, directory)))).isEmpty();
        }
        await().atMost(CACHE_BOUND)
                .untilAsserted(() -> assertThat(findings(List.of(dump("agent-worker", directory))))
                        .isEmpty());
    }

    private void answerAndFail(Stack stack) {
        try (var runs = new Runs(stack)) {
            var user = User.withKey(stack, used.key());
            assertThat(runs.finalOf(user.submit("Keep it to yourself.")).getStatus())
                    .isEqualTo(RunStatus.ANSWERED);
            var id = user.registerDefault("anthropic", claude.key());
            reply(user.api().post(ApiClient.CREDENTIALS + "/validate", Map.of("credential_id", id)));
            reply(user.api().put(ApiClient.CREDENTIALS + "/" + id, Map.of("api_key", claude.key())));
            var bob = User.of(stack);
            var geminiId = bob.registerDefault("google", gemini.key());
            assertThat(runs.finalOf(bob.submit("And you?")).getStatus()).isEqualTo(RunStatus.ANSWERED);
            reply(bob.api().delete(ApiClient.CREDENTIALS + "/" + geminiId));
            for (var canary : List.of(failing, hurried)) {
                var unlucky = User.withKey(stack, canary.key());
                assertThat(runs.finalOf(unlucky.submit("Fail, please.")).getStatus())
                        .isEqualTo(RunStatus.FAILED);
            }
        }
    }

    /** Keys in every field where none belongs, and keys that nobody accepts. */
    private void misuse(Stack stack) {
        var api = User.withKey(stack, next.key()).api();
        reply(api.post(ApiClient.CREDENTIALS, Map.of("provider", "openai", "api_key", refused.key())));
        reply(api.post(ApiClient.CREDENTIALS, Map.of("provider", "openai", "api_key", next.key())));
        reply(api.post(ApiClient.CREDENTIALS, Map.of("provider", 7, "api_key", used.key())));
        reply(api.post(ApiClient.CREDENTIALS, Map.of("provider", used.key(), "api_key", used.key())));
        reply(api.post(ApiClient.CREDENTIALS, Map.of("provider", "openai", "api_key", used.key() + " ü")));
        reply(api.post(ApiClient.CREDENTIALS, Map.of("provider", "openai", "api_key", "x", "base_url", used.key())));
        reply(api.post(ApiClient.CREDENTIALS, Map.of(used.key(), used.key())));
        reply(api.post(ApiClient.CREDENTIALS + "/validate", Map.of("provider", "openai", "api_key", refused.key())));
        reply(api.post(ApiClient.CREDENTIALS + "/validate", Map.of("credential_id", used.key())));
    }

    private void dieDuringACall(Stack stack) {
        var user = User.withKey(stack, interrupted.key());
        user.submit("This takes for ever.");
        Eventually.ask(
                () -> new ProviderCalls(stack.providerStandIn()).chatsWith(interrupted.key()),
                calls -> !calls.isEmpty());
        stack.kill(Stack.Program.AGENT_WORKER);
        stack.start(Stack.Program.AGENT_WORKER);
        var id = user.api().get(ApiClient.CREDENTIALS).body().get(0).path("id").asText();
        reply(user.api().delete(ApiClient.CREDENTIALS + "/" + id));
    }

    private void reply(Reply reply) {
        replies.add(reply);
    }

    private static Haystack dump(String service, Path directory) throws IOException, InterruptedException {
        return Haystack.of(HeapDump.of(service, directory));
    }

    private List<String> findings(Collection<Haystack> haystacks) {
        return haystacks.stream().flatMap(haystack -> haystack.findings(all)).toList();
    }
}
