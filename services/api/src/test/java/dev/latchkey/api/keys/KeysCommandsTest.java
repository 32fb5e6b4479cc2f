package dev.latchkey.api.keys;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.act;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.Postgres;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.rewrap.RunningSystem;
import dev.latchkey.api.store.DataKeyStore;
import dev.latchkey.runtime.Json;
import dev.latchkey.sealing.DataKeyMaker;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.vault.VaultDataKeyMaker;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultMasterKey;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.StubPart;
import dev.latchkey.testing.TopicSerde;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as an operator gives them, to a running system. */
final class KeysCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SEALS =
            " seals from now on; `keys rewrap` seals anew what older ones sealed, and retires them";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    private static final StubPart REGISTRY = StubPart.answering(200);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        system = new RunningSystem(directory.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        system.close();
        REGISTRY.close();
    }

    @BeforeEach
    void startWithNothingToDo() {
        int status = run(Identity.ROTATOR, "rewrap");
        assertThat(status).as(err.toString()).isZero();
        out.getBuffer().setLength(0);
    }

    @Test
    void rotateMakesAVersionAndRewrapRetiresTheOlderOnes() throws IOException {
        int newest = system.masterKey().versions().newest();
        int newestOfDataKeys = ofDataKeys().versions().newest();
        system.register(act());
        long active = system.active().size();
        var user = UUID.randomUUID();
        var dataKey = maker().make(user);
        new DataKeyStore(system.database(), CLERK).keep(user, dataKey);
        var figures = directory.resolve("figures.json");

        assertThat(run(Identity.ROTATOR, "rotate")).isZero();
        assertThat(run(Identity.ROTATOR, "rewrap", "--json", figures.toString()))
                .isZero();

        system.assertNothingIsOld();
        assertThat(opener().unwrap(dataKey.ciphertext(), user)).isInstanceOf(Unwrapped.Refused.class);
        assertThat(out.toString().lines())
                .containsExactly(
                        "version " + (newest + 1) + " of latchkey" + SEALS,
                        "version " + (newestOfDataKeys + 1) + " of latchkey-data" + SEALS,
                        active + (active == 1 ? " credential" : " credentials")
                                + " sealed anew; of latchkey, nothing older than version " + (newest + 1)
                                + " opens any more",
                        "1 data key sealed anew; of latchkey-data, nothing older than version " + (newestOfDataKeys + 1)
                                + " opens any more");
        var measured = Json.MAPPER.readTree(Files.readAllBytes(figures));
        assertThat(measured.findValuesAsText("name"))
                .containsExactly(
                        "credentials rewrapped",
                        "credentials seconds",
                        "credentials rate",
                        "credentials newest version",
                        "credentials oldest version that opens",
                        "data keys rewrapped",
                        "data keys seconds",
                        "data keys rate",
                        "data keys newest version",
                        "data keys oldest version that opens");
        assertThat(value(measured, "credentials rewrapped")).isEqualTo(active);
        assertThat(value(measured, "credentials oldest version that opens")).isEqualTo(newest + 1);
        assertThat(value(measured, "data keys rewrapped")).isEqualTo(1);
        assertThat(value(measured, "data keys oldest version that opens")).isEqualTo(newestOfDataKeys + 1);
        assertThat(err).hasToString("");
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndChangesNothing() {
        system.register(act());
        system.masterKey().rotate();
        var versions = system.masterKey().versions();
        var before = Postgres.rows(system.database(), "SELECT * FROM user_llm_credentials ORDER BY id");

        assertThat(run(Identity.ROTATOR, "rotate", "--dry-run")).isZero();
        assertThat(run(Identity.ROTATOR, "rewrap", "--dry-run")).isZero();

        assertThat(out.toString())
                .contains("would make version " + (versions.newest() + 1) + " of latchkey;")
                .contains("of latchkey-data; version ")
                .contains("would seal 0 data keys anew under version ")
                .contains("anew under version " + versions.newest() + " of latchkey, then let versions before it open"
                        + " nothing; now " + versions.oldest() + " and newer ones open");
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        assertThat(Postgres.rows(system.database(), "SELECT * FROM user_llm_credentials ORDER BY id"))
                .isEqualTo(before);
    }

    /** The process waits in the middle of a transaction, with half of its work written, when it is killed. */
    @Test
    void completesAfterItsProcessWasKilledInTheMiddleOfATransaction() throws Exception {
        var locked = act();
        system.register(act());
        system.register(locked);
        system.masterKey().rotate();
        var versions = system.masterKey().versions();

        system.database().inTransaction(sql -> {
            lock(sql, locked.userId());
            var process = ServiceProcess.start(
                    KeysMain.class, variables(Identity.ROTATOR), directory.resolve("killed.log"), "rewrap");
            await().atMost(PATIENCE).until(KeysCommandsTest::somebodyWaitsForALock);
            process.kill();
            return true;
        });

        assertThat(system.masterKey().versions()).isEqualTo(versions);
        assertThat(run(Identity.ROTATOR, "rewrap")).isZero();
        system.assertNothingIsOld();
    }

    /** As after LATCHKEY_TRANSIT_KEY was changed: it opens for nobody, and no rotation reaches it. */
    @Test
    void saysThatAKeyIsUnderAMasterKeyOfAnotherName() {
        var credential = system.register(act());
        name("before", credential.id());
        var sentence =
                "1 credential under a master key of another name than latchkey can neither be opened nor be sealed anew"
                        + " while LATCHKEY_TRANSIT_KEY names this one.";
        try {
            assertThat(run(Identity.ROTATOR, "rewrap", "--dry-run")).isZero();
            assertThat(run(Identity.ROTATOR, "rewrap")).isEqualTo(1);
        } finally {
            name("latchkey", credential.id());
        }

        assertThat(out.toString().lines())
                .contains(sentence)
                .anyMatch(line -> line.endsWith("opens any more. " + sentence));
    }

    private static void name(String masterKey, UUID credentialId) {
        system.database()
                .inTransaction(sql -> sql.update(
                        "UPDATE user_llm_credentials SET encryption_key_id = ? WHERE id = ?", masterKey, credentialId));
    }

    @Test
    void canNotBeDoneAsSomebodyElse() {
        assertThat(run(Identity.API, "rotate")).isEqualTo(1);
        assertThat(run(Identity.WORKER, "rewrap")).isEqualTo(1);

        var refusal = "keys: Vault at " + system.vaultAddress() + " refuses with status 403";
        assertThat(err.toString().lines()).containsExactly(refusal, refusal);
    }

    @Test
    void wantsADatabaseThatTheApiHasMadeItsOwn() {
        var variables = variables(Identity.ROTATOR);
        var empty = Postgres.emptyDatabase();
        variables.put("LATCHKEY_DATABASE_URL", empty.url());

        assertThat(execute(variables, false, "rewrap")).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly("keys: PostgreSQL at " + empty.url()
                        + " (LATCHKEY_DATABASE_URL) lacks migrations: start the api of this version first");
    }

    @Test
    void showsOnATerminalWhatItWaitsForAndCleansUp() {
        system.register(act());
        system.masterKey().rotate();

        assertThat(execute(variables(Identity.ROTATOR), true, "rewrap")).isZero();

        assertThat(err.toString())
                .contains(
                        "\u001b[Kwaiting for the events to be published\r", "\u001b[Kwaiting for a look at the topic\r")
                .endsWith("\u001b[K");
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void explainsItself() {
        assertThat(run(Identity.ROTATOR, "rotate", "--help")).isZero();
        assertThat(run(Identity.ROTATOR, "rewrap", "--help")).isZero();

        assertThat(out.toString()).contains("--dry-run", "--json=FILE", "--port-offset=N");
    }

    private static MasterKey ofDataKeys() {
        return VaultMasterKey.ofDataKeys(system.session(Identity.ROTATOR));
    }

    private static DataKeyMaker maker() {
        return new VaultDataKeyMaker(system.session(Identity.API));
    }

    private static DataKeyOpener opener() {
        return new VaultDataKeyOpener(system.session(Identity.WORKER));
    }

    private int run(Identity identity, String... arguments) {
        return execute(variables(identity), false, arguments);
    }

    private int execute(Map<String, String> variables, boolean terminal, String... arguments) {
        return KeysMain.commandLine(new Surroundings(variables, System::nanoTime, terminal))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Map<String, String> variables(Identity identity) {
        var variables = new HashMap<String, String>();
        var database = system.databaseSettings();
        variables.put("LATCHKEY_DATABASE_URL", database.url());
        variables.put("LATCHKEY_DATABASE_USER", database.user());
        variables.put("LATCHKEY_DATABASE_PASSWORD", database.password());
        variables.put("LATCHKEY_KAFKA", system.kafka().bootstrap());
        variables.put("LATCHKEY_REGISTRY_URL", REGISTRY.url());
        variables.put("LATCHKEY_AVRO_SERIALIZER", TopicSerde.Writer.class.getName());
        variables.put("LATCHKEY_AVRO_DESERIALIZER", TopicSerde.Reader.class.getName());
        variables.put("LATCHKEY_VAULT_ADDR", system.vaultAddress().toString());
        variables.put("LATCHKEY_VAULT_TOKEN", system.vaultToken(identity));
        return variables;
    }

    private static void lock(Sql sql, UUID userId) throws SQLException {
        sql.list("SELECT 1 FROM users WHERE id = ? FOR UPDATE", row -> true, userId);
    }

    private static boolean somebodyWaitsForALock() {
        return Postgres.count(
                        system.database(),
                        "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }

    private static long value(JsonNode figures, String name) {
        for (var figure : figures) {
            if (figure.path("name").asText().equals(name)) {
                return figure.path("value").asLong();
            }
        }
        throw new AssertionError("no figure " + name);
    }
}
