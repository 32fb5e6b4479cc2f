import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.SealedContents;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.PayloadSealer;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.SealedPayload;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A service beside Latchkey that lets nobody on the way read what it asks and what it is told: seals a prompt under the
 * user's data key, and opens the answer. docs/sealed-payloads.md says how to do the same in other languages.
 *
 * <p>Arguments: the user's id and the question. The environment says who the user is at the api (TOKEN), and where things
 * are unless they are where {@code up} has them; LATCHKEY_VAULT_TOKEN is a token with the policy latchkey-publisher.
 */
public final class AskSealed {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<RunStatus> FINAL = Set.of(RunStatus.ANSWERED, RunStatus.REFUSED, RunStatus.FAILED);

    public static void main(String[] args) throws Exception {
        var user = UUID.fromString(args[0]);
        var kafka = setting("LATCHKEY_KAFKA", "localhost:9092");
        var registry = URI.create(setting("LATCHKEY_REGISTRY_URL", "http://localhost:8081/apis/ccompat/v7"));
        var format = new RegistryFormat(RegistryFormat.Settings.apicurio(registry));
        var under = dataKeyOf(user);

        try (var runs = runs(kafka, format)) {
            var prompt = sealedPrompt(user, args[1], under);
            publish(kafka, format, prompt);
            System.out.println(answerTo(prompt, runs, under));
        } finally {
            under.key().wipe();
        }
    }

    /** The api hands out the wrapped key, and Vault opens it. */
    private static PayloadSealer.Under dataKeyOf(UUID user) throws Exception {
        var api = setting("LATCHKEY_API_URL", "http://localhost:8080");
        var request = HttpRequest.newBuilder(URI.create(api + "/api/v1/users/me/data-key"))
                .header("Authorization", "Bearer " + System.getenv("TOKEN"))
                .PUT(BodyPublishers.noBody())
                .build();
        JsonNode wrapped;
        try (var http = HttpClient.newHttpClient()) {
            wrapped = new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
        }
        var vault = URI.create(setting("LATCHKEY_VAULT_ADDR", "http://localhost:8200"));
        var opener = new VaultDataKeyOpener(VaultSession.open(
                new VaultSettings(vault, new VaultLogin.FixedToken(System.getenv("LATCHKEY_VAULT_TOKEN")), "latchkey")));
        var wrappedKey =
                new WrappedKey(wrapped.path("wrapped_key").asText(), wrapped.path("encryption_key_id").asText());
        DataKey key = switch (opener.unwrap(wrappedKey, user)) {
            case Unwrapped.Opened opened -> opened.key();
            case Unwrapped.Refused refused -> throw new IllegalStateException(refused.why());
        };
        return new PayloadSealer.Under(UUID.fromString(wrapped.path("key_id").asText()), key);
    }

    private static PromptSubmitted sealedPrompt(UUID user, String question, PayloadSealer.Under under) {
        var promptId = UUID.randomUUID();
        var messages = SealedContents.messages(List.of(new Message(Role.USER, question)));
        var field = new SealedField(user, promptId, SealedField.Name.PROMPT_MESSAGES);
        return PromptSubmitted.newBuilder()
                .setPromptId(promptId)
                .setUserId(user)
                .setAgent("analyst")
                .setMessages(List.of())
                .setSealedMessages(new PayloadSealer(new SecureRandom()).seal(messages, under, field))
                .setModelChoice(new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of()))
                .setSubmittedAt(Instant.now())
                .build();
    }

    private static void publish(String kafka, WireFormat format, PromptSubmitted prompt) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka);
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), format.serializer(Topics.PROMPTS))) {
            producer.send(new ProducerRecord<>(
                            Topics.PROMPTS.name(), prompt.getUserId().toString(), prompt))
                    .get();
        }
    }

    /** Latchkey writes in transactions: read_committed sees each final run once. Reads from now on. */
    private static KafkaConsumer<String, AgentRun> runs(String kafka, WireFormat format) {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka, "isolation.level", "read_committed");
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), format.deserializer(Topics.AGENT_RUNS));
        var partitions = consumer.partitionsFor(Topics.AGENT_RUNS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static String answerTo(
            PromptSubmitted prompt, KafkaConsumer<String, AgentRun> runs, PayloadSealer.Under under) {
        var giveUp = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(giveUp)) {
            for (var record : runs.poll(Duration.ofMillis(200))) {
                var run = record.value();
                if (run.getPromptId().equals(prompt.getPromptId()) && FINAL.contains(run.getStatus())) {
                    return run.getStatus() == RunStatus.ANSWERED ? opened(run, under) : run.getMessage();
                }
            }
        }
        throw new IllegalStateException("no answer within " + PATIENCE);
    }

    private static String opened(AgentRun run, PayloadSealer.Under under) {
        var field = new SealedField(run.getUserId(), run.getPromptId(), SealedField.Name.PROMPT_ANSWER);
        byte[] answer = SealedPayload.parse(run.getSealedAnswer())
                .flatMap(payload -> payload.open(under.key(), field))
                .orElseThrow();
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static String setting(String name, String ofUp) {
        var value = System.getenv(name);
        return value == null ? ofUp : value;
    }
}
