package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.parts.Postgres;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import dev.latchkey.standins.providers.Call;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whoever can write to the table or to the topic can move a sealed key to a credential of his own, and it does not open
 * there: not even while the worker remembers the opened key for its owner.
 */
@ExtendWith(OneStack.class)
final class MovedKeysTest {
    @Test
    void aKeyThatIsMovedToAnotherUserInTheTableDoesNotOpen(Stack stack) throws SQLException {
        var victim = Victim.of(stack, User.of(stack), "sk-moved-in-table-0001");
        var thief = User.of(stack);
        var own = registerSecond(thief);

        moveInTable(stack, victim.credential(), own);
        try {
            var published = thief.api().put(ApiClient.CREDENTIALS + "/" + own + "/default", Map.of());

            assertThat(published.status()).isEqualTo(200);
            assertUnusable(stack, thief, own);
            victim.assertPaidForNobodyElse(stack);
        } finally {
            putRight(thief, own);
        }
    }

    @Test
    void aKeyThatIsMovedToAnotherCredentialOfItsUserInTheTableDoesNotOpen(Stack stack) throws SQLException {
        var user = User.of(stack);
        var victim = Victim.of(stack, user, "sk-moved-in-table-0002");
        var other = registerSecond(user);

        moveInTable(stack, victim.credential(), other);
        try {
            var published = user.api().put(ApiClient.CREDENTIALS + "/" + other + "/default", Map.of());

            assertThat(published.status()).isEqualTo(200);
            assertUnusable(stack, user, other);
            victim.assertPaidForNobodyElse(stack);
        } finally {
            putRight(user, other);
        }
    }

    @Test
    void aKeyThatIsMovedToAnotherUserInTheTopicDoesNotOpen(Stack stack) {
        var victim = Victim.of(stack, User.of(stack), "sk-moved-in-topic-0003");
        var thief = User.of(stack);
        var own = registerSecond(thief);

        moveInTopic(stack, victim.credential(), own);
        try {
            assertUnusable(stack, thief, own);
            victim.assertPaidForNobodyElse(stack);
        } finally {
            putRight(thief, own);
        }
    }

    @Test
    void aKeyThatIsMovedToAnotherCredentialOfItsUserInTheTopicDoesNotOpen(Stack stack) {
        var user = User.of(stack);
        var victim = Victim.of(stack, user, "sk-moved-in-topic-0004");
        var other = registerSecond(user);

        moveInTopic(stack, victim.credential(), other);
        try {
            assertUnusable(stack, user, other);
            victim.assertPaidForNobodyElse(stack);
        } finally {
            putRight(user, other);
        }
    }

    /** Whose key is moved. It was used a moment ago, so that the worker remembers it. */
    private record Victim(UUID credential, String key) {
        static Victim of(Stack stack, User user, String key) {
            var credential = user.registerDefault("openai", key);
            awaitDefault(user, credential);
            try (var runs = new Runs(stack)) {
                assertThat(runs.finalOf(user.submit("Is it mine?")).getStatus()).isEqualTo(RunStatus.ANSWERED);
            }
            return new Victim(credential, key);
        }

        void assertPaidForNobodyElse(Stack stack) {
            assertThat(new ProviderCalls(stack.providerStandIn()).chatsWith(key))
                    .extracting(Call::provider)
                    .containsExactly("openai");
        }
    }

    /** Through the api, with a revision above the forged one, so that table, topics and history agree again. */
    private static void putRight(User user, UUID credential) {
        var one = ApiClient.CREDENTIALS + "/" + credential;
        assertThat(user.api().put(one + "/default", Map.of()).status()).isEqualTo(200);
        assertThat(user.api().delete(one).status()).isEqualTo(200);
    }

    private static UUID registerSecond(User user) {
        var key = Map.of("provider", "google", "api_key", "AIza-second-" + UUID.randomUUID());
        var reply = user.api().post(ApiClient.CREDENTIALS, key);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return UUID.fromString(reply.text("id"));
    }

    private static void moveInTable(Stack stack, UUID from, UUID to) throws SQLException {
        var url = Postgres.url(stack.ports().of(Listener.POSTGRES), "latchkey");
        var move = "UPDATE user_llm_credentials SET encrypted_api_key ="
                + " (SELECT encrypted_api_key FROM user_llm_credentials WHERE id = ?) WHERE id = ?";
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
                var statement = connection.prepareStatement(move)) {
            statement.setObject(1, from);
            statement.setObject(2, to);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    /** As the newest revision of the credential, and as the default of its user. */
    private static void moveInTopic(Stack stack, UUID from, UUID to) {
        var stolen = published(stack, from);
        var own = published(stack, to);
        long next = Math.max(stolen.getRevision(), own.getRevision()) + 1;
        var moved = CredentialChanged.newBuilder(own)
                .setEventId(UUID.randomUUID())
                .setSealedKey(stolen.getSealedKey())
                .setRevision(next)
                .setDefaultRevision(next)
                .build();
        try (var publisher = new Publisher(stack.kafka())) {
            publisher.publish(Topics.CREDENTIALS, to.toString(), moved);
        }
    }

    private static CredentialChanged published(Stack stack, UUID credential) {
        try (var credentials = new TopicTail<>(stack.kafka(), Topics.CREDENTIALS)) {
            return credentials
                    .first(change -> change.getCredentialId().equals(credential))
                    .orElseThrow();
        }
    }

    private static void assertUnusable(Stack stack, User user, UUID credential) {
        awaitDefault(user, credential);
        try (var runs = new Runs(stack)) {
            var run = runs.finalOf(user.submit("Whose key is it?"));
            assertThat(run.getStatus()).isEqualTo(RunStatus.REFUSED);
            assertThat(run.getReason()).isEqualTo(RunReason.CREDENTIAL_UNUSABLE);
        }
    }

    private static void awaitDefault(User user, UUID credential) {
        var reply = Eventually.ask(
                () -> user.api().get(ApiClient.DEFAULT_MODEL),
                answer -> answer.text("credential_id").equals(credential.toString()));
        assertThat(reply.text("credential_id")).isEqualTo(credential.toString());
    }
}
