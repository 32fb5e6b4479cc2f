package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.schemas.Topics;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API promises and what other services answer in its name have the same fields. */
@ExtendWith(OneStack.class)
final class OpenApiTest {
    @Test
    void describesBooksAndPositionsAsTheyAreAnswered(Stack stack) {
        var user = User.of(stack);
        try (var publisher = new Publisher(stack.kafka())) {
            publisher.publish(Topics.TRADES, user.id().toString(), Upstream.buy(user.id(), "1", "100"));
        }

        var book = Eventually.ask(() -> first(user, "", "currencies"), found -> !found.isMissingNode());
        var position = Eventually.ask(() -> first(user, "/positions", "positions"), found -> !found.isMissingNode());

        assertThat(names(book)).isEqualTo(promised(user, "PnlSummary"));
        assertThat(names(position)).isEqualTo(promised(user, "Position"));
    }

    @Test
    void describesDefaultModelsAndRunsAsTheyAreAnswered(Stack stack) {
        var user = User.withKey(stack, "sk-for-the-description-0001");
        var prompt = ApiClient.PROMPTS + "/" + user.submit("What am I promised?");

        var run = Eventually.ask(
                () -> user.api().get(prompt), reply -> reply.text("status").equals("answered"));

        assertThat(names(run.body())).isEqualTo(promised(user, "Run"));
        assertThat(names(user.api().get(ApiClient.DEFAULT_MODEL).body())).isEqualTo(promised(user, "DefaultModel"));
    }

    private static JsonNode first(User user, String path, String list) {
        return user.api().get(ApiClient.PNL + path).body().path(list).path(0);
    }

    private static Set<String> promised(User user, String schema) {
        var schemas = user.api().get("/openapi.json").body().path("components").path("schemas");
        return names(schemas.path(schema).path("properties"));
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
