package dev.latchkey.embedded.demo;

import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.Reply;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.client.TopicTail.Seen;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/** What other services see of the keys: an event for each change, and the default model of each user. */
final class EventsChapter {
    private final Scene scene;
    private final Cast cast;
    private final Checks checks;

    EventsChapter(Scene scene, Checks checks) {
        this.scene = scene;
        this.cast = scene.cast();
        this.checks = checks;
    }

    void play(Registered registered) {
        checks.chapter("Every change is an event, and the default model follows");
        eventOf(registered.aliceOpenAi());
        defaultModelOf(cast.alice(), registered.aliceOpenAi());
        defaultModelOf(cast.bob(), registered.bobGemini());
    }

    private void eventOf(UUID credentialId) {
        checks.waitingFor("the event");
        try (var credentials = new TopicTail<>(scene.stack().kafka(), Topics.CREDENTIALS)) {
            var seen = credentials.firstSeen(record -> record.is(
                    change -> change.getCredentialId().equals(credentialId) && change.getDefaultRevision() > 0));
            checks.isTrue(
                    "topic credentials: " + seen.map(EventsChapter::summary).orElse("nothing"), seen.isPresent(), seen);
            seen.ifPresent(this::wireFormat);
        }
    }

    private static String summary(Seen<CredentialChanged> seen) {
        var change = seen.event();
        return change == null
                ? "unreadable"
                : "Alice's " + change.getProvider() + " key " + change.getMaskedKey() + ", revision "
                        + change.getRevision() + ", made default at revision " + change.getDefaultRevision()
                        + ", sealed as " + String.valueOf(change.getSealedKey()).substring(0, 12) + "...";
    }

    private void wireFormat(Seen<CredentialChanged> seen) {
        var bytes = ByteBuffer.wrap(Objects.requireNonNull(seen.bytes()).get());
        checks.equal("its first byte is Confluent's magic byte", (byte) 0, bytes.get());
        int id = bytes.getInt();
        var registered = schema(id);
        checks.isTrue(
                "the registry knows its schema id " + id + " as CredentialChanged",
                registered.contains("CredentialChanged"),
                registered);
        var text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        checks.isTrue(
                "the key is nowhere in it", !text.contains(cast.aliceOpenAi().key()), "the key");
    }

    private String schema(int id) {
        var address = URI.create(scene.stack().kafka().registry().url() + "/schemas/ids/" + id);
        try (var in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema registry does not answer", e);
        }
    }

    private void defaultModelOf(Person person, UUID credentialId) {
        checks.waitingFor("the default model");
        try (var defaults = new TopicTail<>(scene.stack().kafka(), Topics.DEFAULT_MODELS)) {
            var seen = defaults.first(model -> isOf(person, credentialId, model));
            checks.isTrue(
                    "topic default-models: " + person.name() + " uses "
                            + seen.map(DefaultModel::getModelName).orElse("nothing"),
                    seen.isPresent(),
                    seen);
        }
        var reply =
                Eventually.ask(() -> person.api().get(ApiClient.DEFAULT_MODEL), answer -> names(answer, credentialId));
        checks.isTrue(
                "asked over HTTP, the router says " + reply.text("provider") + " " + reply.text("model_name"),
                names(reply, credentialId),
                reply);
    }

    private static boolean isOf(Person person, UUID credentialId, DefaultModel model) {
        return model.getUserId().equals(person.id()) && model.getCredentialId().equals(credentialId);
    }

    private static boolean names(Reply reply, UUID credentialId) {
        return reply.text("credential_id").equals(credentialId.toString());
    }
}
