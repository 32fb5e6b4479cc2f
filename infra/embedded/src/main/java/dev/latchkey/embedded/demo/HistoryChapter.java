package dev.latchkey.embedded.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.process.Output;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.Topics;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What an auditor sees of it all. */
final class HistoryChapter {
    private static final List<String> WHAT_ALICE_DID = List.of(
            "registered openai succeeded",
            "registered anthropic succeeded",
            "read - succeeded",
            "made_default openai succeeded",
            "deleted openai succeeded");
    private static final List<String> WHAT_BOB_DID = List.of(
            "registered google succeeded", "registered - refused", "read - succeeded", "made_default google succeeded");

    private final Scene scene;
    private final Cast cast;
    private final Checks checks;

    HistoryChapter(Scene scene, Checks checks) {
        this.scene = scene;
        this.cast = scene.cast();
        this.checks = checks;
    }

    void play() {
        checks.chapter("An auditor replays the credential history");
        var alice = replay(cast.alice());
        tells(cast.alice(), WHAT_ALICE_DID, alice);
        tells(cast.bob(), WHAT_BOB_DID, replay(cast.bob()));
        holdsNoKey(String.join("\n", alice.lines()));
        verifies();
        agrees();
    }

    private void verifies() {
        checks.waitingFor("the verification");
        var output = Output.of(scene.stack().audit(List.of("verify")));
        checks.equal(
                "latchkey audit verify follows the chain of hashes: " + String.join(" ", output.lines()),
                0,
                output.status());
    }

    private void agrees() {
        checks.waitingFor("the reconciliation");
        var output = Output.of(scene.stack().audit(List.of("reconcile")));
        checks.equal(
                "latchkey audit reconcile finds that the table, the topics and the history agree: "
                        + String.join(" ", output.lines()),
                0,
                output.status());
    }

    private void holdsNoKey(String history) {
        try (var credentials = new TopicTail<>(scene.stack().kafka(), Topics.CREDENTIALS)) {
            var sealed = credentials.all().stream()
                    .map(seen -> seen.event() == null ? null : seen.event().getSealedKey())
                    .filter(Objects::nonNull)
                    .toList();
            checks.isTrue(
                    "the history holds neither a key nor one of the " + sealed.size() + " sealed keys of the events",
                    !sealed.isEmpty()
                            && sealed.stream().noneMatch(history::contains)
                            && !history.contains(cast.aliceOpenAi().key()),
                    "one");
        }
    }

    private Output replay(Person person) {
        checks.waitingFor("the replay");
        var arguments = List.of("replay", "--user", person.id().toString(), "--format", "json");
        return Output.of(scene.stack().audit(arguments));
    }

    private void tells(Person person, List<String> expected, Output output) {
        var changes = output.lines().stream()
                .map(HistoryChapter::parse)
                .filter(line -> line.path("type").asText().equals("change"))
                .map(HistoryChapter::summary)
                .toList();
        checks.equal(
                "latchkey audit replay --user " + person.id() + " finds " + person.name() + "'s history sound",
                0,
                output.status());
        checks.equal(person.name() + ": " + String.join(", ", expected), expected, changes);
    }

    private static String summary(JsonNode change) {
        return change.path("change").asText() + " "
                + change.path("after").path("provider").asText("-") + " "
                + change.path("result").asText();
    }

    private static JsonNode parse(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the audit program printed a line that is no JSON", e);
        }
    }
}
