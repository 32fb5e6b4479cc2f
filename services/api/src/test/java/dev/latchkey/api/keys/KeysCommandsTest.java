package dev.latchkey.api.keys;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.act;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.Postgres;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as an operator gives them, to a running system. */
final class KeysCommandsTest {
    private static final String SEALS =
            " seals from now on; `keys rewrap` seals anew what older ones sealed, and retires them";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    private final Operator operator = new Operator(system);

    @BeforeAll
    static void start() {
        system = new RunningSystem(directory.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @BeforeEach
    void startWithNothingToDo() {
        int status = operator.run(Identity.ROTATOR, "rewrap");
        assertThat(status).as(operator.complained()).isZero();
        operator.forgetWhatWasSaid();
    }

    @AfterEach
    void endOperator() {
        operator.close();
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

        assertThat(operator.run(Identity.ROTATOR, "rotate")).isZero();
        assertThat(operator.run(Identity.ROTATOR, "rewrap", "--json", figures.toString()))
                .isZero();

        system.assertNothingIsOld();
        assertThat(opener().unwrap(dataKey, user)).isInstanceOf(Unwrapped.Refused.class);
        assertThat(operator.said().lines())
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
        assertThat(operator.complained()).isEmpty();
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndChangesNothing() {
        system.register(act());
        system.masterKey().rotate();
        var versions = system.masterKey().versions();
        var before = Postgres.rows(system.database(), "SELECT * FROM user_llm_credentials ORDER BY id");

        assertThat(operator.run(Identity.ROTATOR, "rotate", "--dry-run")).isZero();
        assertThat(operator.run(Identity.ROTATOR, "rewrap", "--dry-run")).isZero();

        assertThat(operator.said())
                .contains("would make version " + (versions.newest() + 1) + " of latchkey;")
                .contains("of latchkey-data; version ")
                .contains("would seal 0 data keys anew under version ")
                .contains("anew under version " + versions.newest() + " of latchkey, then let versions before it open"
                        + " nothing; now " + versions.oldest() + " and newer ones open");
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        assertThat(Postgres.rows(system.database(), "SELECT * FROM user_llm_credentials ORDER BY id"))
                .isEqualTo(before);
    }

    @Test
    void completesAfterItsProcessWasKilledInTheMiddleOfATransaction() throws Exception {
        var locked = act();
        system.register(act());
        system.register(locked);
        system.masterKey().rotate();
        var versions = system.masterKey().versions();

        operator.rewrapAndDieWaitingFor(locked.userId(), directory.resolve("killed.log"));

        assertThat(system.masterKey().versions()).isEqualTo(versions);
        assertThat(operator.run(Identity.ROTATOR, "rewrap")).isZero();
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
            assertThat(operator.run(Identity.ROTATOR, "rewrap", "--dry-run")).isZero();
            assertThat(operator.run(Identity.ROTATOR, "rewrap")).isEqualTo(1);
        } finally {
            name("latchkey", credential.id());
        }

        assertThat(operator.said().lines())
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
        assertThat(operator.run(Identity.API, "rotate")).isEqualTo(1);
        assertThat(operator.run(Identity.WORKER, "rewrap")).isEqualTo(1);

        var refusal = "keys: Vault at " + system.vault().address() + " refuses with status 403";
        assertThat(operator.complained().lines()).containsExactly(refusal, refusal);
    }

    @Test
    void wantsADatabaseThatTheApiHasMadeItsOwn() {
        var variables = operator.variables(Identity.ROTATOR);
        var empty = Postgres.emptyDatabase();
        variables.put("LATCHKEY_DATABASE_URL", empty.url());

        assertThat(operator.execute(variables, false, "rewrap")).isEqualTo(1);

        assertThat(operator.complained().lines())
                .containsExactly("keys: PostgreSQL at " + empty.url()
                        + " (LATCHKEY_DATABASE_URL) lacks migrations: start the api of this version first");
    }

    @Test
    void showsOnATerminalWhatItWaitsForAndCleansUp() {
        system.register(act());
        system.masterKey().rotate();

        assertThat(operator.execute(operator.variables(Identity.ROTATOR), true, "rewrap"))
                .isZero();

        assertThat(operator.complained())
                .contains(
                        "\u001b[Kwaiting for the events to be published\r", "\u001b[Kwaiting for a look at the topic\r")
                .endsWith("\u001b[K");
        assertThat(operator.said()).doesNotContain("\u001b");
    }

    @Test
    void explainsItself() {
        assertThat(operator.run(Identity.ROTATOR, "rotate", "--help")).isZero();
        assertThat(operator.run(Identity.ROTATOR, "rewrap", "--help")).isZero();

        assertThat(operator.said()).contains("--dry-run", "--json=FILE", "--port-offset=N");
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

    private static long value(JsonNode figures, String name) {
        for (var figure : figures) {
            if (figure.path("name").asText().equals(name)) {
                return figure.path("value").asLong();
            }
        }
        throw new AssertionError("no figure " + name);
    }
}
