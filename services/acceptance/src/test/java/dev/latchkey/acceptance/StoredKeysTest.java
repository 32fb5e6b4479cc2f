package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Reply;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.events.KeyPurpose;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys that are stored already: looked at again by their provider, replaced, and never somebody else's. */
@ExtendWith(OneStack.class)
final class StoredKeysTest {
    /** Far less than a call may take. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aStoredKeyIsLookedAtAgainByTheOneServiceThatCanOpenIt(Stack stack) {
        var user = User.of(stack);
        var id = user.registerDefault("anthropic", "sk-ant-stored-00000001");

        var reply = Eventually.ask(() -> validate(user, id), answer -> answer.status() == 200);

        assertThat(reply.body().path("is_valid").asBoolean())
                .as(reply.body().toString())
                .isTrue();
        assertThat(reply.text("provider")).isEqualTo("anthropic");
        var credential = user.api().get(ApiClient.CREDENTIALS).body().path(0);
        assertThat(Instant.parse(credential.path("last_validated_at").asText()))
                .isAfter(Instant.parse(credential.path("created_at").asText()));
    }

    @Test
    void everyOpeningOfAKeyIsOnRecordWithWhatItWasFor(Stack stack) {
        var user = User.of(stack);
        var id = user.registerDefault("openai", "sk-on-record-0001");
        Eventually.ask(() -> validate(user, id), answer -> answer.status() == 200);

        try (var runs = new Runs(stack);
                var uses = new TopicTail<>(stack.kafka(), Topics.KEY_USES)) {
            var prompt = user.submit("Who opened my key?");
            runs.finalOf(prompt);

            assertThat(uses.all().stream()
                            .filter(seen -> seen.key().equals(user.id().toString()))
                            .flatMap(seen -> seen.found().stream())
                            .map(use ->
                                    tuple(use.getPurpose(), use.getResult(), use.getCredentialId(), use.getPromptId())))
                    .containsExactly(
                            tuple(KeyPurpose.CHECK, KeyUseResult.OPENED, id, null),
                            tuple(KeyPurpose.ANSWER, KeyUseResult.OPENED, id, prompt));
        }
    }

    @Test
    void aRotatedKeyPaysForTheNextPrompt(Stack stack) {
        var user = User.of(stack);
        var id = user.registerDefault("openai", "sk-before-rotation-0001");

        var rotated = user.api().put(ApiClient.CREDENTIALS + "/" + id, Map.of("api_key", "sk-after-rotation-0002"));
        assertThat(rotated.status()).isEqualTo(200);

        try (var runs = new Runs(stack)) {
            var run = runs.finalOf(user.submit("Which key is it?"));
            assertThat(run.getReceipt().getMaskedKey()).isEqualTo("sk-...0002");
        }
    }

    @Test
    void aKeyThatIsDeletedDuringACallEndsItAndIsUsedForNoOther(Stack stack) {
        var key = "sk-later-hang-" + UUID.randomUUID();
        var user = User.withKey(stack, key);
        var calls = new ProviderCalls(stack.providerStandIn());
        var id = user.api().get(ApiClient.CREDENTIALS).body().at("/0/id").asText();
        try (var runs = new Runs(stack)) {
            var prompt = user.submit("Will you ever answer?");
            Eventually.ask(() -> calls.chatsWith(key), found -> !found.isEmpty());

            var deleted = user.api().delete(ApiClient.CREDENTIALS + "/" + id);
            var answeredAt = Instant.now();

            assertThat(deleted.status()).isEqualTo(200);
            var run = runs.finalOf(prompt);
            assertThat(run.getStatus()).isEqualTo(RunStatus.REFUSED);
            assertThat(run.getReason()).isEqualTo(RunReason.CREDENTIAL_INACTIVE);
            assertThat(run.getReceipt().getCredentialId()).hasToString(id);
            assertThat(run.getReceipt().getAttempts()).isEqualTo(1);
            assertThat(Duration.between(answeredAt, run.getUpdatedAt())).isLessThan(SOON);
            assertThat(runs.finalOf(user.submit("And now?")).getReason()).isEqualTo(RunReason.NO_DEFAULT_MODEL);
            assertThat(runs.finalsOf(prompt)).isEqualTo(1);
            assertThat(calls.chatsWith(key)).hasSize(1);
        }
    }

    @Test
    void somebodyElsesKeyIsAsUnknownAsNone(Stack stack) {
        var owner = User.of(stack);
        var id = owner.registerDefault("openai", "sk-of-somebody-else-0001");
        var stranger = User.of(stack);

        var foreign = stranger.api().delete(ApiClient.CREDENTIALS + "/" + id);
        var unknown = stranger.api().delete(ApiClient.CREDENTIALS + "/" + UUID.randomUUID());

        assertThat(foreign).isEqualTo(unknown);
        assertThat(foreign.status()).isEqualTo(404);
        try (var runs = new Runs(stack)) {
            assertThat(runs.finalOf(stranger.submit("May I?")).getReason()).isEqualTo(RunReason.NO_DEFAULT_MODEL);
        }
    }

    private static Reply validate(User user, UUID id) {
        return user.api().post(ApiClient.CREDENTIALS + "/validate", Map.of("credential_id", id));
    }
}
