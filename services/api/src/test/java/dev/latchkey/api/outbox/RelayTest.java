package dev.latchkey.api.outbox;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.act;
import static dev.latchkey.api.Samples.prompt;
import static dev.latchkey.api.Samples.registration;
import static dev.latchkey.api.Samples.userDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Prompt;
import dev.latchkey.api.postgres.Connections;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.Epilogue;
import dev.latchkey.api.store.PromptStore;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.Message;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay between a real PostgreSQL and a real broker. */
final class RelayTest {
    private static final InMemoryFormat FORMAT = new InMemoryFormat();
    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(40));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Broker broker;

    private final Database database = Database.open(Postgres.emptyDatabase());
    private final CredentialStore store = new CredentialStore(database, CLERK);
    private final PromptStore prompts = new PromptStore(database, CLERK, Duration.ofDays(7));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Relay> relays = new ArrayList<>();

    @BeforeAll
    static void startBroker() {
        broker = Broker.start(directory);
        broker.create(
                3,
                Topics.CREDENTIALS,
                Topics.CREDENTIAL_AUDIT,
                Topics.DATA_KEYS,
                Topics.BUDGETS,
                Topics.PROMPTS,
                Topics.RUN_CONTROLS,
                Topics.OUTBOX_POSITION);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void close() {
        relays.forEach(Relay::close);
        database.close();
    }

    @Test
    void publishesEverythingOnceAndInTheOrderOfTheCommits() {
        relay(database::connect);
        var act = act();

        changes(act, 40);

        awaitEmptyOutbox();
        assertThat(history(act)).isEqualTo(numbers(40));
        assertThat(topics().read(Topics.CREDENTIALS, CredentialChanged::getUserId, act.userId()))
                .extracting(CredentialChanged::getRevision)
                .containsExactlyInAnyOrderElementsOf(numbers(40));
    }

    @Test
    void publishesOnceWhatWasInKafkaWhenTheRelayDiedBeforeDeletingIt() {
        var failing = new FailingDeletes(database::connect, 3);
        var act = act();
        changes(act, 10);

        relay(failing);

        awaitEmptyOutbox();
        assertThat(failing.failed()).isEqualTo(3);
        assertThat(history(act)).isEqualTo(numbers(10));
    }

    @Test
    void publishesWhatAnotherRelayHadClaimedAndNotPublished() {
        var act = act();
        changes(act, 3);
        database.inTransaction(sql -> sql.update("UPDATE outbox SET batch = 1000000 + id"));
        changes(act, 3);

        relay(database::connect);

        awaitEmptyOutbox();
        assertThat(history(act)).isEqualTo(List.of(1L, 2L, 3L, 4L, 5L, 6L));
    }

    @Test
    void skipsNoRowThatCommitsAfterItsSuccessors() throws Exception {
        relay(database::connect);
        var early = act();
        var late = act();

        try (var slow = database.connect()) {
            slow.setAutoCommit(false);
            try (var statement = slow.createStatement()) {
                statement.execute("INSERT INTO outbox (topic, record_key, payload)" + " SELECT 'prompts', '"
                        + late.userId() + "', decode('" + promptHex(late) + "', 'hex')");
            }
            changes(early, 3);
            SOON.until(() -> history(early).equals(numbers(3)));
            slow.commit();
        }

        awaitEmptyOutbox();
        assertThat(topics().read(Topics.PROMPTS, PromptSubmitted::getUserId, late.userId()))
                .hasSize(1);
    }

    @Test
    void letsOneRelayOfTwoPublishAndTheOtherTakeOver() {
        var first = relay(database::connect);
        var second = relay(database::connect);
        var act = act();

        changes(act, 20);
        awaitEmptyOutbox();
        first.close();
        changes(act, 20);
        awaitEmptyOutbox();

        assertThat(history(act)).isEqualTo(numbers(40));
        assertThat(second.isWorking()).isTrue();
    }

    @Test
    void setsAsideWhatKafkaCanNeverTakeAndGoesOn() {
        var act = act();
        changes(act, 2);
        database.inTransaction(sql -> sql.update(
                "INSERT INTO outbox (topic, record_key, payload) VALUES ('prompts', 'x', decode('c0ffee', 'hex')),"
                        + " ('nowhere', 'x', decode('c0ffee', 'hex'))"));
        prompts.submit(act.userId(), hugePrompt(), Epilogue.none());
        changes(act, 2);

        relay(database::connect);

        awaitEmptyOutbox();
        assertThat(history(act)).isEqualTo(numbers(4));
        assertThat(Postgres.rows(database, "SELECT topic, reason FROM outbox_rejected ORDER BY id"))
                .containsExactly(
                        "(prompts,\"the payload is no event of prompts\")",
                        "(nowhere,\"nothing is published to nowhere\")",
                        "(prompts,\"the record is larger than Kafka takes\")");
        assertThat(meters.counter("latchkey.outbox.rejected").count()).isEqualTo(3);
    }

    @Test
    void resumesWhenItsDatabaseSessionIsCutOff() {
        relay(database::connect);
        var act = act();
        changes(act, 5);
        awaitEmptyOutbox();

        database.inTransaction(sql -> sql.list(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                row -> true));
        changes(act, 5);

        awaitEmptyOutbox();
        assertThat(history(act)).isEqualTo(numbers(10));
    }

    @Test
    void losesNothingWhileKafkaIsAwayAndSaysSo() {
        var relay = relay(database::connect);
        var act = act();
        changes(act, 3);
        awaitEmptyOutbox();

        broker.stop();
        try {
            changes(act, 3);
            SOON.until(() -> !relay.isWorking());
            assertThat(Postgres.count(database, "outbox")).isEqualTo(6);
        } finally {
            broker.startAgain();
        }

        awaitEmptyOutbox();
        SOON.until(relay::isWorking);
        assertThat(history(act)).isEqualTo(numbers(6));
    }

    private Relay relay(Connections connections) {
        var kafka = new KafkaSettings(
                broker.bootstrap(), RegistryFormat.Settings.apicurio(URI.create("http://localhost:1/unused")));
        var relay = Relay.start(connections, kafka, FORMAT, meters);
        relays.add(relay);
        return relay;
    }

    /** Each change leaves two events. */
    private void changes(Act act, int times) {
        for (int i = 0; i < times; i++) {
            store.register(act, registration("model-" + UUID.randomUUID()), Epilogue.none());
        }
    }

    private void awaitEmptyOutbox() {
        SOON.until(() -> Postgres.count(database, "outbox") == 0);
    }

    private List<Long> history(Act act) {
        return topics().read(Topics.CREDENTIAL_AUDIT, CredentialAudited::getUserId, act.userId()).stream()
                .map(CredentialAudited::getSequence)
                .toList();
    }

    private static Published topics() {
        return new Published(broker.bootstrap(), FORMAT);
    }

    private static List<Long> numbers(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static String promptHex(Act act) {
        var event = prompt(userDefault()).submitted(act.userId(), null, CLERK.now());
        var format = new PrivateFormat<>(PromptSubmitted.class);
        return HexFormat.of().formatHex(format.encode(event));
    }

    /** Incompressible, so that it stays too large. */
    private static Prompt hugePrompt() {
        var noise = new byte[2_000_000];
        new Random(7).nextBytes(noise);
        var text = Base64.getEncoder().encodeToString(noise);
        return new Prompt(CLERK.nextId(), "analyst", List.of(new Message(Role.USER, text)), userDefault(), null);
    }
}
