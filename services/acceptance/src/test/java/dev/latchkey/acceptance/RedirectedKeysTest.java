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
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever can write to the table or to a topic can say that a key belongs to a server of his own, and it is not sent there. */
@ExtendWith(OneStack.class)
final class RedirectedKeysTest {
    private static final String PROVIDER = "openai-compatible";
    private static final String THIEF = "https://thief.example/v1";

    @Test
    void aKeyWhoseAddressIsExchangedInTheTableDoesNotOpen(Stack stack) throws SQLException {
        var user = User.withKey(stack, "sk-redirected-in-table-1");
        var id = idOf(user);
        redirectInTable(stack, id);
        try {
            var published = user.api().put(ApiClient.CREDENTIALS + "/" + id + "/default", Map.of());

            assertThat(published.status()).isEqualTo(200);
            assertUnusable(stack, user, "sk-redirected-in-table-1");
        } finally {
            delete(user, id);
        }
    }

    @Test
    void aKeyWhoseAddressIsExchangedInTheTopicDoesNotOpen(Stack stack) {
        var user = User.withKey(stack, "sk-redirected-in-topic-2");
        var id = idOf(user);
        redirectInTopic(stack, id);
        try {
            assertUnusable(stack, user, "sk-redirected-in-topic-2");
        } finally {
            // With a revision above the forged one, so that table, topics and history agree again.
            assertThat(user.api()
                            .put(ApiClient.CREDENTIALS + "/" + id + "/default", Map.of())
                            .status())
                    .isEqualTo(200);
            delete(user, id);
        }
    }

    @Test
    void aForgedTaskDoesNotSendAKeyElsewhere(Stack stack) {
        var user = User.withKey(stack, "sk-redirected-by-task-03");
        var id = idOf(user);
        try (var runs = new Runs(stack);
                var tasks = new TopicTail<>(stack.kafka(), Topics.AGENT_TASKS);
                var results = new TopicTail<>(stack.kafka(), Topics.AGENT_RESULTS);
                var publisher = new Publisher(stack.kafka())) {
            var prompt = user.submit("May I?");
            assertThat(runs.finalOf(prompt).getStatus()).isEqualTo(RunStatus.ANSWERED);
            var routed = tasks.first(task -> task.getPromptId().equals(prompt)).orElseThrow();
            var forged = AgentTask.newBuilder(routed)
                    .setTaskId(UUID.randomUUID())
                    .setPromptId(UUID.randomUUID())
                    .setProvider(PROVIDER)
                    .setBaseUrl(THIEF)
                    .setDeadline(Instant.now().plusSeconds(60))
                    .build();
            publisher.publish(Topics.AGENT_TASKS, forged.getUserId().toString(), forged);

            var result = results.first(one -> one.getTaskId().equals(forged.getTaskId()))
                    .orElseThrow();

            assertThat(result.getOutcome()).isInstanceOf(CredentialUnusable.class);
            assertThat(new ProviderCalls(stack.providerStandIn()).chatsWith("sk-redirected-by-task-03"))
                    .hasSize(1);
        } finally {
            delete(user, id);
        }
    }

    private static void assertUnusable(Stack stack, User user, String key) {
        Eventually.ask(() -> user.api().get(ApiClient.DEFAULT_MODEL), answer -> THIEF.equals(answer.text("base_url")));
        try (var runs = new Runs(stack)) {
            var run = runs.finalOf(user.submit("Where does my key go?"));
            assertThat(run.getStatus()).isEqualTo(RunStatus.REFUSED);
            assertThat(run.getReason()).isEqualTo(RunReason.CREDENTIAL_UNUSABLE);
        }
        assertThat(new ProviderCalls(stack.providerStandIn()).chatsWith(key)).isEmpty();
    }

    private static UUID idOf(User user) {
        return UUID.fromString(
                user.api().get(ApiClient.CREDENTIALS).body().get(0).path("id").asText());
    }

    private static void delete(User user, UUID id) {
        assertThat(user.api().delete(ApiClient.CREDENTIALS + "/" + id).status()).isEqualTo(200);
    }

    private static void redirectInTable(Stack stack, UUID id) throws SQLException {
        var url = Postgres.url(stack.ports().of(Listener.POSTGRES), "latchkey");
        var redirect = "UPDATE user_llm_credentials SET provider = ?, base_url = ? WHERE id = ?";
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
                var statement = connection.prepareStatement(redirect)) {
            statement.setString(1, PROVIDER);
            statement.setString(2, THIEF);
            statement.setObject(3, id);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    /** As the newest revision of the credential, and as the default of its user. */
    private static void redirectInTopic(Stack stack, UUID id) {
        try (var credentials = new TopicTail<>(stack.kafka(), Topics.CREDENTIALS);
                var publisher = new Publisher(stack.kafka())) {
            var own = credentials
                    .first(change -> change.getCredentialId().equals(id))
                    .orElseThrow();
            var redirected = CredentialChanged.newBuilder(own)
                    .setEventId(UUID.randomUUID())
                    .setProvider(PROVIDER)
                    .setBaseUrl(THIEF)
                    .setRevision(own.getRevision() + 1)
                    .setDefaultRevision(own.getRevision() + 1)
                    .build();
            publisher.publish(Topics.CREDENTIALS, id.toString(), redirected);
        }
    }
}
