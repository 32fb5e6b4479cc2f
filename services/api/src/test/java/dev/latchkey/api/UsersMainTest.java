package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.StubPart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersMainTest {
    private final StringWriter complaints = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"ada", "1-1-1-1-1", "018f3a00-0000-7000-8000-00000000000"})
    void forgetsNobodyWhoseIdIsNotWrittenOut(String word) {
        assertThat(run(Map.of(), "forget", word)).isEqualTo(2);

        assertThat(complaints.toString()).contains("'" + word + "' is not a UUID");
    }

    @Test
    void saysInOneSentenceWhatDoesNotAnswer() {
        var kafka = "localhost:" + FreePort.find();

        int status = run(Map.of("LATCHKEY_KAFKA", kafka), "forget", "018f3a00-0000-7000-8000-000000000001");

        assertThat(status).isEqualTo(1);
        assertThat(complaints.toString().strip())
                .isEqualTo("users: Kafka does not answer at " + kafka + " (LATCHKEY_KAFKA)");
    }

    /** Migrations are the api's to apply, with all that it checks before. */
    @Test
    void leavesADatabaseAsItIs(@TempDir Path directory) {
        var empty = Postgres.emptyDatabase();
        try (var broker = Broker.start(directory);
                var registry = StubPart.answering(200)) {
            broker.create(1, Topics.DATA_KEYS);
            var environment = Map.of(
                    "LATCHKEY_KAFKA", broker.bootstrap(),
                    "LATCHKEY_REGISTRY_URL", registry.url(),
                    "LATCHKEY_DATABASE_URL", empty.url(),
                    "LATCHKEY_DATABASE_USER", empty.user(),
                    "LATCHKEY_DATABASE_PASSWORD", empty.password());

            int status = run(environment, "forget", "018f3a00-0000-7000-8000-000000000001");

            assertThat(status).isEqualTo(1);
            assertThat(complaints.toString().strip())
                    .isEqualTo("users: PostgreSQL at " + empty.url()
                            + " (LATCHKEY_DATABASE_URL) lacks migrations: start the api of this version first");
        }
    }

    private int run(Map<String, String> environment, String... arguments) {
        return UsersMain.commandLine(environment, InstantSource.system())
                .setErr(new PrintWriter(complaints, true))
                .execute(arguments);
    }
}
