package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.runtime.Json;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users follow their runs while they go on. */
@ExtendWith(OneStack.class)
final class FollowedRunsTest {
    private static final String FROM_THE_BEGINNING = "";

    /** What a browser is told at once. */
    private record Event(String id, String name, JsonNode data) {
        static Event of(String block) {
            return new Event(line(block, "id"), line(block, "event"), json(line(block, "data")));
        }

        private static String line(String block, String name) {
            return block.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElseThrow();
        }

        private static JsonNode json(String text) {
            try {
                return Json.MAPPER.readTree(text);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aUserHearsAnAnswerWhileItIsSaidAndGoesOnAfterABrokenConnection(Stack stack) throws Exception {
        var user = User.withKey(stack, "sk-delay2000-followed");
        var prompt = user.submit("Tell me something.");

        var events = events(stack, user.id(), prompt, FROM_THE_BEGINNING);

        var answer = user.api().get(ApiClient.PROMPTS + "/" + prompt).text("answer");
        assertThat(statuses(events)).endsWith("answered").contains("running");
        assertThat(events.getLast().data().path("answer").asText()).isEqualTo(answer);
        assertThat(events)
                .filteredOn(event -> event.name().equals("part"))
                .isNotEmpty()
                .allSatisfy(part ->
                        assertThat(answer).contains(part.data().path("text").asText()));
        var resumed = events(stack, user.id(), prompt, events.getFirst().id());
        assertThat(statuses(resumed)).isEqualTo(statuses(events.subList(1, events.size())));
    }

    @Test
    void nobodyFollowsAnothersRun(Stack stack) throws Exception {
        var user = User.withKey(stack, "sk-followed-0002");
        var prompt = user.submit("Tell me something.");

        assertThat(ask(stack, UUID.randomUUID(), prompt, FROM_THE_BEGINNING).statusCode())
                .isEqualTo(404);
    }

    private static List<String> statuses(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("run"))
                .map(event -> event.data().path("status").asText())
                .toList();
    }

    /** All of them: the stream ends with the run. */
    private static List<Event> events(Stack stack, UUID user, UUID prompt, String after) throws Exception {
        var answer = ask(stack, user, prompt, after);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Stream.of(answer.body().split("\n\n"))
                .filter(block -> block.startsWith("id: "))
                .map(Event::of)
                .toList();
    }

    private static HttpResponse<String> ask(Stack stack, UUID user, UUID prompt, String after) throws Exception {
        var request = HttpRequest.newBuilder(stack.api().resolve(ApiClient.PROMPTS + "/" + prompt + "/events"))
                .header("authorization", "Bearer " + stack.token(user))
                .header("last-event-id", after)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
