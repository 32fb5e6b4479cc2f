package dev.latchkey.embedded.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Reply;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Two people register keys; one key is bad. */
final class KeysChapter {
    private final Cast cast;
    private final Checks checks;

    KeysChapter(Cast cast, Checks checks) {
        this.cast = cast;
        this.checks = checks;
    }

    Registered play() {
        checks.chapter("Alice and Bob bring their own keys");
        var openAi = register(cast.alice(), cast.aliceOpenAi());
        var anthropic = register(cast.alice(), cast.aliceAnthropic());
        var gemini = register(cast.bob(), cast.bobGemini());
        refuseBadKey(cast.bob());
        list(
                cast.alice(),
                "anthropic " + cast.aliceAnthropic().masked() + ", openai "
                        + cast.aliceOpenAi().masked());
        list(cast.bob(), "google " + cast.bobGemini().masked());
        makeDefault(cast.alice(), openAi, "OpenAI");
        makeDefault(cast.bob(), gemini, "Gemini");
        return new Registered(openAi, anthropic, gemini);
    }

    private UUID register(Person person, OwnKey key) {
        checks.waitingFor(key.provider() + " to look at " + person.name() + "'s key");
        var body = Map.of("provider", key.provider(), "api_key", key.key());
        var reply = person.api().post(ApiClient.CREDENTIALS, body);
        var origin = key.isReal() ? "the real " : "the stand-in for ";
        checks.equal(
                person.name() + " registers a key, " + origin + key.provider() + " accepts it, the api answers 201",
                201,
                reply.status());
        checks.isTrue(
                "the answer shows the key as " + reply.text("masked_key") + " and no more of it",
                reply.text("masked_key").equals(key.masked()) && !shows(reply, key),
                reply.body());
        return UUID.fromString(reply.text("id"));
    }

    private void refuseBadKey(Person person) {
        checks.waitingFor("openai to look at a bad key");
        var body = Map.of("provider", "openai", "api_key", "sk-bad-000000000000000000");
        var reply = person.api().post(ApiClient.CREDENTIALS, body);
        checks.equal(
                person.name() + " tries a key that openai does not know: 400, \"" + reply.text("detail") + "\"",
                400,
                reply.status());
    }

    private void list(Person person, String expected) {
        var reply = person.api().get(ApiClient.CREDENTIALS);
        var listed = StreamSupport.stream(reply.body().spliterator(), false)
                .map(KeysChapter::providerAndMask)
                .collect(Collectors.joining(", "));
        checks.equal(person.name() + "'s list, newest first and masked, is: " + expected, expected, listed);
    }

    private void makeDefault(Person person, UUID id, String name) {
        var reply = person.api().put(ApiClient.CREDENTIALS + "/" + id + "/default", Map.of());
        checks.isTrue(
                person.name() + " makes the " + name + " key the default",
                reply.status() == 200 && reply.body().path("is_default").asBoolean(),
                reply);
    }

    private static String providerAndMask(JsonNode credential) {
        return credential.path("provider").asText() + " "
                + credential.path("masked_key").asText();
    }

    private static boolean shows(Reply reply, OwnKey key) {
        return reply.body().toString().contains(key.key());
    }
}
