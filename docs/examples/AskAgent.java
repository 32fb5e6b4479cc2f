import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A service beside Latchkey: publishes a prompt for one user and prints the answer to it.
 *
 * <p>Arguments: the user's id, the question, and optionally the broker and the registry (those of {@code up}).
 */
public final class AskAgent {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<RunStatus> FINAL = Set.of(RunStatus.ANSWERED, RunStatus.REFUSED, RunStatus.FAILED);

    public static void main(String[] args) throws Exception {
        var user = UUID.fromString(args[0]);
        var question = args[1];
        var kafka = args.length > 2 ? args[2] : "localhost:9092";
        var registry = URI.create(args.length > 3 ? args[3] : "http://localhost:8081/apis/ccompat/v7");
        var format = new RegistryFormat(RegistryFormat.Settings.apicurio(registry));

        try (var runs = runs(kafka, format)) {
            var prompt = publish(kafka, format, user, question);
            System.out.println(answerTo(prompt, runs));
        }
    }

    /** The prompts topic is keyed by user id; acks=all and idempotence are the client's defaults. */
    private static UUID publish(String kafka, WireFormat format, UUID user, String question) throws Exception {
        var prompt = PromptSubmitted.newBuilder()
                .setPromptId(UUID.randomUUID())
                .setUserId(user)
                .setAgent("analyst")
                .setMessages(List.of(new Message(Role.USER, question)))
                .setModelChoice(new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of()))
                .setSubmittedAt(Instant.now())
                .build();
        var settings = Map.<String, Object>of("bootstrap.servers", kafka);
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), format.serializer(Topics.PROMPTS))) {
            producer.send(new ProducerRecord<>(Topics.PROMPTS.name(), user.toString(), prompt)).get();
        }
        return prompt.getPromptId();
    }

    /** Latchkey writes in transactions: read_committed sees each final run once. Reads from now on. */
    private static KafkaConsumer<String, AgentRun> runs(String kafka, WireFormat format) {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka, "isolation.level", "read_committed");
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), format.deserializer(Topics.AGENT_RUNS));
        var partitions = consumer.partitionsFor(Topics.AGENT_RUNS.name()).stream()
                .map(info -> new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static String answerTo(UUID prompt, KafkaConsumer<String, AgentRun> runs) {
        var giveUp = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(giveUp)) {
            for (var record : runs.poll(Duration.ofMillis(200))) {
                var run = record.value();
                if (run.getPromptId().equals(prompt) && FINAL.contains(run.getStatus())) {
                    return run.getStatus() == RunStatus.ANSWERED ? run.getAnswer() : run.getMessage();
                }
            }
        }
        throw new IllegalStateException("no answer within " + PATIENCE);
    }
}
