package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.process.Output;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Table, topics and history of a system in use agree; what was done past the api is named. */
@ExtendWith(OneStack.class)
final class ReconcileTest {
    @Test
    void agreesAfterEverythingThatUsersDo(Stack stack) {
        useEverything(stack);

        var output = reconcile(stack, "60");

        assertThat(output.lines()).last().asString().endsWith(" 0 differences to the topics and the history");
        assertThat(output.status()).isZero();
    }

    @Test
    void namesARowThatWasWrittenPastTheApi(Stack stack) throws SQLException {
        var user = User.withKey(stack, "sk-reconcile-0123456789");
        var id = UUID.fromString(
                user.api().get(ApiClient.CREDENTIALS).body().at("/0/id").asText());

        change(stack, "UPDATE user_llm_credentials SET model_name = 'gpt-5', is_default = false WHERE id = ?", id);
        var output = reconcileAndPutRight(stack, id);

        assertThat(output.status()).isEqualTo(1);
        assertThat(output.lines().stream().filter(line -> line.contains(id.toString())))
                .containsExactlyInAnyOrder(
                        "difference  credential " + id
                                + ": the model is gpt-5 in the table and gpt-4o-mini on the topic;"
                                + " likely the row was written past the api or the event was published past it,"
                                + " unless the revisions differ too",
                        "difference  credential " + id + ": the model is gpt-5 in the table and gpt-4o-mini in the"
                                + " history; likely the row was written past the api, or an entry is missing:"
                                + " audit replay tells",
                        "difference  user " + user.id() + ": the default is none in the table and " + id
                                + " on the topic; likely the router is behind, so look at its health and lag, or the row was"
                                + " written past the api",
                        "difference  user " + user.id() + ": the default is none in the table and " + id
                                + " in the history; likely the row was written past the api, or an entry is missing:"
                                + " audit replay tells");
    }

    private static Output reconcileAndPutRight(Stack stack, UUID id) throws SQLException {
        try {
            return reconcile(stack, "1");
        } finally {
            change(
                    stack,
                    "UPDATE user_llm_credentials SET model_name = 'gpt-4o-mini', is_default = true WHERE id = ?",
                    id);
        }
    }

    private static void useEverything(Stack stack) {
        var user = User.withKey(stack, "sk-reconcile-first-0001");
        var second = user.registerDefault("anthropic", "sk-ant-reconcile-0002");
        var third = user.registerDefault("google", "AIza-reconcile-0003");
        user.api().put(ApiClient.CREDENTIALS + "/" + second + "/default", Map.of());
        user.api().put(ApiClient.CREDENTIALS + "/" + second, Map.of("api_key", "sk-ant-reconcile-0004"));
        user.api().post(ApiClient.CREDENTIALS + "/validate", Map.of("credential_id", third));
        user.api().post(ApiClient.CREDENTIALS, Map.of("provider", "openai", "api_key", "sk-bad-reconcile-05"));
        user.api().delete(ApiClient.CREDENTIALS + "/" + second);
    }

    private static Output reconcile(Stack stack, String seconds) {
        return Output.of(stack.audit(List.of("reconcile", "--wait", seconds)));
    }

    private static void change(Stack stack, String statement, UUID id) throws SQLException {
        var database = stack.database();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var prepared = connection.prepareStatement(statement)) {
            prepared.setObject(1, id);
            assertThat(prepared.executeUpdate()).isEqualTo(1);
        }
    }
}
