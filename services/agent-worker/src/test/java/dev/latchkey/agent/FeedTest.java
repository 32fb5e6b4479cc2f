package dev.latchkey.agent;

import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.agent.answering.Answering;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.Cancellations;
import dev.latchkey.agent.answering.Provider;
import dev.latchkey.agent.answering.RunningCalls;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.TopicFeed;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.CredentialRule;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.RegistryUnavailable;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.testing.Broker;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the worker knows of credentials, on a real broker, when something is in the way of knowing it. */
@SuppressWarnings("NullAway.Init")
final class FeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final InstantSource clock = InstantSource.system();
    private final InMemoryFormat format = DoomedWorker.format();
    private final CredentialView view = new CredentialView(clock);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean registryIsAway;

    @TempDir
    private Path directory;

    private Broker broker;
    private KafkaSettings kafka;
    private Wiretap wiretap;

    @BeforeEach
    void start() {
        broker = Broker.start(directory);
        broker.create(1, Topics.CREDENTIALS, Topics.AGENT_TASKS, Topics.AGENT_RESULTS, Topics.DEAD_LETTERS);
        kafka = DoomedWorker.kafka(broker.bootstrap());
        wiretap = new Wiretap(kafka, format);
    }

    @AfterEach
    void stop() {
        wiretap.close();
        broker.close();
    }

    @Test
    void isSureUntilItStandsStillAndAgainWhenItGoesOn() throws Exception {
        put(credential().build());
        try (var feed = feed(view::changed)) {
            await().atMost(PATIENCE).until(feed::getAsBoolean);
            await().during(Duration.ofSeconds(7)).atMost(PATIENCE).until(feed::getAsBoolean);

            registryIsAway = true;
            put(credential().setRevision(4).build());
            await().atMost(PATIENCE).until(() -> !feed.getAsBoolean());
            assertThat(feed.before(clock.instant().plusMillis(100))).isFalse();

            registryIsAway = false;
            await().atMost(PATIENCE).until(feed::getAsBoolean);
            assertThat(revision()).isEqualTo(4);
        }
    }

    @Test
    void startsNoCallWhileItStandsStillAndLosesNoTask() throws Exception {
        put(credential().build());
        try (var feed = feed(view::changed);
                var worker = Worker.start(kafka, format, answering(feed), () -> true)) {
            await().atMost(PATIENCE).until(feed::getAsBoolean);
            registryIsAway = true;
            put(credential().setRevision(4).build());
            await().atMost(PATIENCE).until(() -> !feed.getAsBoolean());

            put(openTask());
            await().atMost(PATIENCE).until(() -> worker.running() == 1);
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> calls.get() == 0);
            registryIsAway = false;

            assertThat(outcomes(1)).containsExactly(new AnswerGiven("Well.", 1L, 1L, null));
        }
    }

    @Test
    void takesNoTaskWhileItStandsStill() throws Exception {
        put(credential().build());
        try (var feed = feed(view::changed)) {
            await().atMost(PATIENCE).until(feed::getAsBoolean);
            registryIsAway = true;
            put(credential().setRevision(4).build());
            await().atMost(PATIENCE).until(() -> !feed.getAsBoolean());

            try (var worker = Worker.start(kafka, format, answering(feed), feed)) {
                put(openTask());
                await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> worker.running() == 0);
                registryIsAway = false;

                assertThat(outcomes(1)).containsExactly(new AnswerGiven("Well.", 1L, 1L, null));
            }
        }
    }

    @Test
    void beginsAgainAfterAListenerThatThrew() throws Exception {
        var told = new AtomicInteger();
        put(credential().build());

        try (var feed = feed(change -> {
            if (told.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            view.changed(change);
        })) {
            await().atMost(PATIENCE).until(feed::getAsBoolean);

            assertThat(told).hasValue(2);
            assertThat(revision()).isEqualTo(3);
        }
    }

    @Test
    void isSureOfNothingAsLongAsAListenerThrows() throws Exception {
        var told = new AtomicInteger();
        put(credential().build());

        try (var feed = feed(change -> {
            told.incrementAndGet();
            throw new IllegalStateException("never");
        })) {
            await().atMost(PATIENCE).until(() -> told.get() >= 3);

            assertThat(feed.getAsBoolean()).isFalse();
        }
    }

    @Test
    void readsPartitionsThatAreAddedWhileItRuns() throws Exception {
        put(credential().build());
        try (var feed = feed(view::changed);
                var admin = Admin.create(Map.<String, Object>copyOf(kafka.clientProperties()))) {
            await().atMost(PATIENCE).until(feed::getAsBoolean);

            admin.createPartitions(Map.of(Topics.CREDENTIALS.name(), NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            putOnPartition(1, credential().setRevision(4).build());

            await().atMost(PATIENCE).until(() -> revision() == 4 && feed.getAsBoolean());
        }
    }

    @Test
    void isSureAgainAfterABrokerThatWasAway() throws Exception {
        put(credential().build());
        try (var feed = feed(view::changed)) {
            await().atMost(PATIENCE).until(feed::getAsBoolean);
            broker.stop();
            await().atMost(PATIENCE).until(() -> !feed.getAsBoolean());

            broker.startAgain();

            await().atMost(PATIENCE).until(feed::getAsBoolean);
        }
    }

    private long revision() {
        return view.now(CREDENTIAL).orElseThrow().getRevision();
    }

    private TopicFeed<CredentialChanged> feed(Consumer<CredentialChanged> listener) {
        var inlet = new Inlet<>(new FlakyFormat().reader(Topics.CREDENTIALS), CredentialRule::brokenBy);
        return TopicFeed.start(kafka, new TopicFeed.Source<>(Topics.CREDENTIALS, inlet), listener, clock);
    }

    private Answering answering(TopicFeed<CredentialChanged> feed) {
        Provider counting = call -> {
            calls.incrementAndGet();
            return CallOutcome.Answered.inWords("Well.", new CallOutcome.Tokens(1L, 1L), null);
        };
        var opener = new KeyOpener(new FakeVault(), use -> {}, UUID::randomUUID, clock);
        var keys = new Keys(view, opener, Keys.SystemKey.none(), new Keys.Waiting(clock, Duration.ofMillis(50), feed));
        var running = new RunningCalls();
        return new Answering(
                Samples.TEAM,
                keys,
                new Answering.Calls(counting, running, new Cancellations(clock, running)),
                new Answering.Timing(clock, Duration.ofSeconds(30)));
    }

    private static AgentTask openTask() {
        return task().setDeadline(Instant.now().plusSeconds(60)).build();
    }

    private void put(CredentialChanged change) throws Exception {
        wiretap.put(Topics.CREDENTIALS, change.getCredentialId().toString(), change);
    }

    private void put(AgentTask task) throws Exception {
        wiretap.put(Topics.AGENT_TASKS, task.getUserId().toString(), task);
    }

    private void putOnPartition(int partition, CredentialChanged change) throws Exception {
        var properties = Map.<String, Object>copyOf(kafka.clientProperties());
        var key = change.getCredentialId().toString().getBytes(StandardCharsets.UTF_8);
        var value = format.serializer(Topics.CREDENTIALS).serialize(Topics.CREDENTIALS.name(), change);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.CREDENTIALS.name(), partition, key, value))
                    .get();
        }
    }

    private List<Object> outcomes(int count) {
        return wiretap.await(Topics.AGENT_RESULTS, count).stream()
                .map(Wiretap.Published::event)
                .map(AgentResult::getOutcome)
                .toList();
    }

    /** While the registry is away it reads nothing, as if every schema were new. */
    private final class FlakyFormat implements WireFormat {
        @Override
        public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
            return format.serializer(topic);
        }

        @Override
        public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
            var deserializer = format.deserializer(topic);
            return (name, bytes) -> {
                if (registryIsAway) {
                    throw new RegistryUnavailable("http://localhost:1", new ConnectException());
                }
                return deserializer.deserialize(name, bytes);
            };
        }
    }
}
