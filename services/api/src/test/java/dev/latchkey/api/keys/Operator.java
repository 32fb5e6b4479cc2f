package dev.latchkey.api.keys;

import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.rewrap.RunningSystem;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.StubPart;
import dev.latchkey.testing.TopicSerde;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Gives commands to a running system, and has what they say. */
final class Operator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StubPart registry = StubPart.answering(200);
    private final RunningSystem system;

    Operator(RunningSystem system) {
        this.system = system;
    }

    String said() {
        return out.toString();
    }

    String complained() {
        return err.toString();
    }

    int run(Identity identity, String... arguments) {
        return execute(variables(identity), false, arguments);
    }

    int execute(Map<String, String> variables, boolean terminal, String... arguments) {
        return KeysMain.commandLine(new Surroundings(variables, System::nanoTime, terminal))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    void forgetWhatWasSaid() {
        out.getBuffer().setLength(0);
    }

    /** The process waits for this user in the middle of a transaction, with half of its work written, when it is killed. */
    void rewrapAndDieWaitingFor(UUID userId, Path log) {
        system.database().inTransaction(sql -> {
            lock(sql, userId);
            var process = ServiceProcess.start(KeysMain.class, variables(Identity.ROTATOR), log, "rewrap");
            await().atMost(PATIENCE).until(this::somebodyWaitsForALock);
            process.kill();
            return true;
        });
    }

    Map<String, String> variables(Identity identity) {
        var variables = new HashMap<>(system.vault().variables(identity));
        var database = system.databaseSettings();
        variables.put("LATCHKEY_DATABASE_URL", database.url());
        variables.put("LATCHKEY_DATABASE_USER", database.user());
        variables.put("LATCHKEY_DATABASE_PASSWORD", database.password());
        variables.put("LATCHKEY_KAFKA", system.kafka().bootstrap());
        variables.put("LATCHKEY_REGISTRY_URL", registry.url());
        variables.put("LATCHKEY_AVRO_SERIALIZER", TopicSerde.Writer.class.getName());
        variables.put("LATCHKEY_AVRO_DESERIALIZER", TopicSerde.Reader.class.getName());
        return variables;
    }

    @Override
    public void close() {
        registry.close();
    }

    private static void lock(Sql sql, UUID userId) throws SQLException {
        sql.list("SELECT 1 FROM users WHERE id = ? FOR UPDATE", row -> true, userId);
    }

    private boolean somebodyWaitsForALock() {
        return Postgres.count(
                        system.database(),
                        "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }
}
