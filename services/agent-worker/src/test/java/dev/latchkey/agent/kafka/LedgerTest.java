package dev.latchkey.agent.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.WholeTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on a real broker, for members of a group that come and go. */
@SuppressWarnings("NullAway.Init")
final class LedgerTest {
    private static final String GROUP = "readers";
    private static final TopicPartition TASKS = new TopicPartition(Topics.AGENT_TASKS.name(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger taken = new AtomicInteger();

    @TempDir
    private Path directory;

    private Broker broker;
    private KafkaSettings kafka;
    private Ledger ledger;

    @BeforeEach
    void start() {
        broker = Broker.start(directory);
        broker.create(1, Topics.AGENT_TASKS, Topics.AGENT_RESULTS);
        kafka = broker.settings();
        ledger = Ledger.open(GROUP, kafka);
    }

    @AfterEach
    void stop() {
        ledger.close();
        broker.close();
    }

    @Test
    void publishesResultsTogetherWithTheOffsetsOfWhatIsDone() throws Exception {
        try (var member = join()) {
            var work = work();
            take(work, 3);
            ledger.membership(member.groupMetadata());

            ledger.enter(finished(work, 1, "second"));
            ledger.settle(List.of(work), PATIENCE);

            assertThat(results()).containsExactly("second");
            assertThat(committed()).isEqualTo(new SavedOffsets(3, new TreeSet<>(List.of(0L, 2L))).toCommit());
            assertThat(taken).hasValue(2);
        }
    }

    @Test
    void commitsNothingForAMemberThatTheGroupHasPutOut() throws Exception {
        try (var zombie = join()) {
            var work = work();
            take(work, 1);
            ledger.membership(zombie.groupMetadata());
            putOutEverybody();

            ledger.enter(finished(work, 0, "a zombie's"));
            ledger.settle(List.of(work), Duration.ofSeconds(3));

            assertThat(results()).isEmpty();
            assertThat(committed()).isNull();
            assertThat(taken).hasValue(1);
        }
    }

    @Test
    void commitsNothingForAMemberOfAnEarlierGeneration() throws Exception {
        ConsumerGroupMetadata earlier;
        try (var member = join()) {
            earlier = member.groupMetadata();
            try (var second = join(member)) {
                assertThat(second.groupMetadata().generationId()).isGreaterThan(earlier.generationId());
                var work = work();
                take(work, 1);
                ledger.membership(earlier);

                ledger.enter(finished(work, 0, "a result"));
                ledger.settle(List.of(work), Duration.ofSeconds(3));
                assertThat(results()).isEmpty();

                ledger.membership(member.groupMetadata());
                ledger.settle(List.of(work), PATIENCE);
                assertThat(results()).containsExactly("a result");
            }
        }
    }

    @Test
    void waitsForAMembershipRatherThanCommitAsNobody() throws Exception {
        try (var nobody = member()) {
            var work = work();
            take(work, 1);
            ledger.membership(nobody.groupMetadata());

            ledger.enter(finished(work, 0, "nobody's"));
            ledger.settle(List.of(work), Duration.ofSeconds(2));

            assertThat(results()).isEmpty();
            assertThat(committed()).isNull();
        }
    }

    @Test
    void publishesNothingOfAPartitionThatWasGivenAway() throws Exception {
        try (var member = join()) {
            var given = work();
            take(given, 1);
            ledger.enter(finished(given, 0, "too late"));
            ledger.giveAway(List.of(given));
            var work = work();
            take(work, 1);
            ledger.membership(member.groupMetadata());

            ledger.enter(finished(given, 0, "even later"));
            ledger.enter(finished(work, 0, "in time"));
            ledger.settle(List.of(given, work), PATIENCE);

            assertThat(results()).containsExactly("in time");
            assertThat(taken).hasValue(-1);
        }
    }

    @Test
    void publishesSomethingSmallerForWhatTheBrokerDoesNotTake() throws Exception {
        try (var member = join()) {
            var work = work();
            take(work, 2);
            ledger.membership(member.groupMetadata());
            var tooLarge = new Output(record("x".repeat(2_000_000)), () -> new Output(record("smaller"), null));

            ledger.enter(finished(work, 0, "another"));
            ledger.enter(new Finished(work, 0, tooLarge));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(results()).containsExactlyInAnyOrder("another", "smaller"));
        }
    }

    @Test
    void commitsOnceWhateverHappensToTheBrokerMeanwhile() throws Exception {
        try (var member = join()) {
            var work = work();
            take(work, 200);
            ledger.membership(member.groupMetadata());

            for (int i = 0; i < 100; i++) {
                ledger.enter(finished(work, i, "" + i));
            }
            broker.stop();
            for (int i = 100; i < 200; i++) {
                ledger.enter(finished(work, i, "" + i));
            }
            broker.startAgain();
            await().atMost(PATIENCE).until(() -> {
                member.poll(Duration.ofMillis(100));
                ledger.membership(member.groupMetadata());
                return taken.get() == 0;
            });

            assertThat(results()).hasSize(200).doesNotHaveDuplicates();
        }
    }

    private PartitionWork work() {
        var saved = new SavedOffsets(0, new TreeSet<>());
        return new PartitionWork(TASKS, saved, new PartitionWork.Desk(LedgerTest::never, ledger, taken));
    }

    /** Takes the offsets from 0 on. What they are worked on with comes from the test. */
    private static void take(PartitionWork work, int count) {
        for (int offset = 0; offset < count; offset++) {
            work.take(new ConsumerRecord<>(TASKS.topic(), TASKS.partition(), offset, new byte[0], new byte[0]));
        }
    }

    private static Output never(Object record) throws InterruptedException {
        new CountDownLatch(1).await();
        throw new AssertionError("waited for nothing: " + record);
    }

    private static Finished finished(PartitionWork work, long offset, String result) {
        return new Finished(work, offset, new Output(record(result), null));
    }

    private static ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>(Topics.AGENT_RESULTS.name(), value.getBytes(UTF_8));
    }

    /** A new member, once it and the others are of one generation. */
    private KafkaConsumer<byte[], byte[]> join(KafkaConsumer<?, ?>... others) {
        var member = member();
        await().atMost(PATIENCE).until(() -> {
            for (var other : others) {
                other.poll(Duration.ofMillis(50));
            }
            member.poll(Duration.ofMillis(50));
            int generation = member.groupMetadata().generationId();
            return generation > 0
                    && Stream.of(others).allMatch(other -> other.groupMetadata().generationId() == generation);
        });
        return member;
    }

    private KafkaConsumer<byte[], byte[]> member() {
        var bytes = new ByteArrayDeserializer();
        var member = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(), "group.id", GROUP), bytes, bytes);
        member.subscribe(List.of(TASKS.topic()));
        return member;
    }

    private void putOutEverybody() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.removeMembersFromConsumerGroup(GROUP, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }

    private List<String> results() {
        return new WholeTopic(kafka.bootstrap(), Topics.AGENT_RESULTS.name())
                .read().stream()
                        .map(record -> new String(record.value(), UTF_8))
                        .toList();
    }

    private @Nullable OffsetAndMetadata committed() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            var offsets = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(TASKS);
            return offsets == null ? null : new OffsetAndMetadata(offsets.offset(), offsets.metadata());
        }
    }
}
