package dev.latchkey.api.following;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AnswerContinued;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFollowerTest {
    private static final InMemoryFormat FORMAT = new InMemoryFormat();
    private static final UUID ANNA = UUID.randomUUID();
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Broker broker;

    @SuppressWarnings("NullAway.Init")
    private static Producer<String, byte[]> producer;

    private final Subject subject = new Subject(ANNA, UUID.randomUUID());

    @BeforeAll
    static void startBroker() {
        broker = Broker.start(directory);
        broker.create(3, Topics.AGENT_RUNS, Topics.ANSWER_PARTS);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void hearsOfItsRunFromAMomentOnAndOfNoOther() {
        publish(run(subject, RunStatus.RUNNING));
        publish(part(subject, 0));
        publish(run(new Subject(UUID.randomUUID(), subject.promptId()), RunStatus.FAILED));
        publish(part(new Subject(ANNA, UUID.randomUUID()), 0));
        publish(run(subject, RunStatus.ANSWERED));

        try (var place = follow(Optional.empty())) {
            assertThat(next(place, 3))
                    .map(RunFollowerTest::words)
                    .containsExactlyInAnyOrder("RUNNING", "0", "ANSWERED");
        }
    }

    @Test
    void goesOnFromACursorWithoutMissingOrRepeatingAnything() {
        publish(run(subject, RunStatus.RUNNING));
        publish(part(subject, 0));
        publish(part(subject, 1));
        publish(run(subject, RunStatus.ANSWERED));
        for (int heard = 0; heard < 4; heard++) {
            List<News> before;
            try (var place = follow(Optional.empty())) {
                before = next(place, 4);
            }

            try (var place = follow(Optional.of(before.get(heard).cursor()))) {
                assertThat(next(place, 3 - heard))
                        .map(RunFollowerTest::words)
                        .containsExactlyInAnyOrderElementsOf(before.subList(heard + 1, 4).stream()
                                .map(RunFollowerTest::words)
                                .toList());
            }
        }
    }

    @Test
    void hearsNothingThatIsOlderThanTheMoment() {
        publish(run(subject, RunStatus.RUNNING));

        try (var followers = new RunFollowers(broker.settings(), FORMAT, 1);
                var place = followers
                        .follow(subject, Optional.empty(), Instant.now().plusSeconds(60))
                        .orElseThrow()) {
            publish(run(subject, RunStatus.ANSWERED));

            assertThat(next(place, 1)).map(RunFollowerTest::words).containsExactly("ANSWERED");
        }
    }

    @Test
    void hasSoManyPlacesAndNoMore() {
        try (var followers = new RunFollowers(broker.settings(), FORMAT, 1)) {
            var first = followers.follow(subject, Optional.empty(), NOON).orElseThrow();

            assertThat(followers.follow(subject, Optional.empty(), NOON)).isEmpty();
            first.close();
            var second = followers.follow(subject, Optional.empty(), NOON);
            assertThat(second).isPresent();
            second.orElseThrow().close();
        }
    }

    @Test
    void letsNobodyGoOnOnceItIsClosed() {
        var followers = new RunFollowers(broker.settings(), FORMAT, 2);
        try (var place = followers.follow(subject, Optional.empty(), NOON).orElseThrow()) {
            followers.close();

            assertThat(place.mayGoOn()).isFalse();
            assertThat(followers.follow(subject, Optional.empty(), NOON)).isEmpty();
        }
    }

    @Test
    void readsItsOwnCursorsAndNothingElse() {
        assertThat(Cursor.parse(new Cursor(12, 0).toString())).contains(new Cursor(12, 0));
        assertThat(List.of("", "12", "12-", "-1-2", "1-2-3", "a-b", "9999999999999999999-1"))
                .allSatisfy(text -> assertThat(Cursor.parse(text)).isEmpty());
    }

    private static RunFollowers.Place follow(Subject subject, Optional<Cursor> from) {
        return new RunFollowers(broker.settings(), FORMAT, 1)
                .follow(subject, from, Instant.now().minusSeconds(60))
                .orElseThrow();
    }

    private RunFollowers.Place follow(Optional<Cursor> from) {
        return follow(subject, from);
    }

    /** So many, and whatever else comes with them. */
    private static List<News> next(RunFollowers.Place place, int atLeast) {
        var news = new ArrayList<News>();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (news.size() < atLeast && System.nanoTime() < giveUp) {
            news.addAll(place.follower().next(Duration.ofMillis(200)));
        }
        news.addAll(place.follower().next(Duration.ofMillis(200)));
        return news;
    }

    private static String words(News news) {
        return switch (news) {
            case News.Moved(var _, var run) -> run.getStatus().name();
            case News.Continued(var _, var part) -> Integer.toString(part.getSequence());
        };
    }

    private static AgentRun run(Subject subject, RunStatus status) {
        return AgentRun.newBuilder()
                .setPromptId(subject.promptId())
                .setUserId(subject.userId())
                .setAgent("analyst")
                .setStatus(status)
                .setSubmittedAt(NOON)
                .setUpdatedAt(NOON)
                .build();
    }

    private static AnswerContinued part(Subject subject, int sequence) {
        return new AnswerContinued(
                subject.promptId(), subject.userId(), subject.promptId(), 1, 1, sequence, "piece", NOON);
    }

    private static void publish(AgentRun run) {
        publish(Topics.AGENT_RUNS, run.getPromptId(), run);
    }

    private static void publish(AnswerContinued part) {
        publish(Topics.ANSWER_PARTS, part.getPromptId(), part);
    }

    private static <V extends SpecificRecord> void publish(Topic<V> topic, UUID key, V event) {
        var value = FORMAT.serializer(topic).serialize(topic.name(), event);
        var _ = producer.send(new ProducerRecord<>(topic.name(), key.toString(), value));
        producer.flush();
    }
}
