package dev.latchkey.api.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.api.Postgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored reaches no exception: those are logged. */
final class QuotedValuesTest {
    private static final String CANARY = "vault:v1:canary-in-the-mine";
    private static final String INSERT = "INSERT INTO kept (ciphertext) VALUES (?)";
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());

    @BeforeAll
    static void keep() {
        DATABASE.inTransaction(
                sql -> sql.update(
                        "CREATE TABLE kept (ciphertext text CONSTRAINT once UNIQUE CONSTRAINT short CHECK (length(ciphertext) < 99))"));
        DATABASE.inTransaction(sql -> sql.update(INSERT, CANARY));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    static Stream<Database.Work<?>> failing() {
        return Stream.of(
                sql -> sql.update(INSERT, CANARY),
                sql -> sql.update(INSERT, CANARY.repeat(9)),
                sql -> sql.update("UPDATE kept SET ciphertext = ?::text::integer", CANARY),
                QuotedValuesTest::insertInABatch);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void quotesNoValueOfAStatementThatFails(Database.Work<?> work) {
        var failure = catchThrowable(() -> DATABASE.inTransaction(work));

        assertThat(failure).hasMessage("PostgreSQL refused a statement");
        assertThat(printed(failure)).contains("SQL state 2").doesNotContain("canary");
    }

    @Test
    void namesTheConstraint() {
        var failure = catchThrowable(() -> DATABASE.inTransaction(sql -> sql.update(INSERT, CANARY)));

        assertThat(failure).cause().hasMessage("SQL state 23505 by once");
    }

    /** Whoever has a connection of its own has the driver's own exceptions. */
    @Test
    void quotesNoValueOnAConnectionOfItsOwn() throws SQLException {
        try (var connection = DATABASE.connect()) {
            var sql = new Sql(connection);

            var single = catchThrowable(() -> sql.update(INSERT, CANARY));
            var batch = catchThrowable(() -> insertInABatch(sql));

            assertThat(printed(single)).contains("once").doesNotContain("canary");
            assertThat(printed(batch)).contains("Batch entry").doesNotContain("canary");
        }
    }

    private static boolean insertInABatch(Sql sql) throws SQLException {
        try (var batch = new Batch(sql)) {
            batch.run(INSERT, CANARY + "-1");
            batch.run(INSERT, CANARY);
            batch.send();
        }
        return true;
    }

    private static String printed(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
