package dev.latchkey.api.runs;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.act;
import static dev.latchkey.api.Samples.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.Runs;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.RefusedKey;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.DatabaseUnavailable;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.Epilogue;
import dev.latchkey.events.AgentRun;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between a real broker and a real PostgreSQL. */
final class RefusalsTest {
    private static final InMemoryFormat FORMAT = new InMemoryFormat();
    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(40));
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Broker broker;

    private final CredentialStore store = new CredentialStore(DATABASE, CLERK);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Refusals> readers = new ArrayList<>();
    private final Act act = act();

    @BeforeAll
    static void startBroker() {
        broker = Broker.start(directory);
        broker.create(3, Topics.AGENT_RUNS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        DATABASE.close();
    }

    @AfterEach
    void close() {
        readers.forEach(Refusals::close);
    }

    @Test
    void marksTheKeysOfRunsThatEndedWithThemAndNoOthers() throws Exception {
        var refused = register();
        var fine = register();
        read(store::mark);

        put(Runs.refused(act.userId(), fine, 1, CLERK.now()).setReason(null).build());
        putBytes(null);
        putBytes("no run at all".getBytes(StandardCharsets.UTF_8));
        put(Runs.refused(act.userId(), refused, 1, CLERK.now()).build());

        SOON.until(() -> isRefused(refused));
        assertThat(isRefused(fine)).isFalse();
        SOON.until(() -> meters.counter("latchkey.runs.unreadable").count() == 2);
    }

    @Test
    void isToldAgainOfWhatPostgresCouldNotTake() throws Exception {
        var refused = register();
        var failures = new AtomicInteger(2);
        var reader = read(key -> {
            if (failures.getAndDecrement() > 0) {
                throw new DatabaseUnavailable(new IOException("away"));
            }
            store.mark(key);
        });

        put(Runs.refused(act.userId(), refused, 1, CLERK.now()).build());

        SOON.until(() -> isRefused(refused));
        SOON.until(reader::isWorking);
        assertThat(failures).hasNegativeValue();
    }

    @Test
    void saysSoWhileItCanNotMark() throws Exception {
        var reader = read(key -> {
            throw new DatabaseUnavailable(new IOException("away"));
        });

        put(Runs.refused(act.userId(), UUID.randomUUID(), 1, CLERK.now()).build());

        SOON.until(() -> !reader.isWorking());
        reader.close();
        readers.clear();
        var told = new CopyOnWriteArrayList<RefusedKey>();
        read(told::add);
        SOON.until(() -> told.stream().anyMatch(key -> key.userId().equals(act.userId())));
    }

    @Test
    void losesNothingWhileTheBrokerIsAway() throws Exception {
        var first = register();
        var second = register();
        read(store::mark);
        put(Runs.refused(act.userId(), first, 1, CLERK.now()).build());
        SOON.until(() -> isRefused(first));

        broker.stop();
        broker.startAgain();
        put(Runs.refused(act.userId(), second, 2, CLERK.now()).build());

        SOON.until(() -> isRefused(second));
    }

    @Test
    void leavesTheWorkOfOneInstanceToTheOther() throws Exception {
        var first = read(store::mark);
        read(store::mark);
        var before = register();
        put(Runs.refused(act.userId(), before, 1, CLERK.now()).build());
        SOON.until(() -> isRefused(before));

        first.close();
        var keys = List.of(register(), register(), register());
        for (var key : keys) {
            put(Runs.refused(act.userId(), key, 9, CLERK.now()).build());
        }

        SOON.until(() -> keys.stream().allMatch(this::isRefused));
    }

    private Refusals read(Consumer<RefusedKey> marking) {
        var reader = Refusals.start(broker.settings(), FORMAT, marking, meters);
        readers.add(reader);
        return reader;
    }

    private boolean isRefused(UUID id) {
        return store.findActive(act.userId(), id).orElseThrow().isRefused();
    }

    private UUID register() {
        var registration = registration("model-" + UUID.randomUUID());
        store.register(act, registration, Epilogue.none());
        return registration.id();
    }

    private static void put(AgentRun run) throws Exception {
        try (var serializer = FORMAT.serializer(Topics.AGENT_RUNS)) {
            putBytes(serializer.serialize(Topics.AGENT_RUNS.name(), run));
        }
    }

    private static void putBytes(byte @Nullable [] value) throws Exception {
        try (var producer = producer()) {
            var key = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.AGENT_RUNS.name(), key, value))
                    .get();
        }
    }

    private static Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
