package dev.latchkey.audit;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.BEN;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.SECOND;
import static dev.latchkey.audit.Changes.at;
import static dev.latchkey.audit.Changes.deleted;
import static dev.latchkey.audit.Changes.entry;
import static dev.latchkey.audit.Changes.madeDefault;
import static dev.latchkey.audit.Changes.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.History;
import dev.latchkey.audit.history.HistoryUnavailable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayCommandTest {
    private static final List<Entry> SOUND = Chaining.of(List.of(
            entry(0, registered(ADA, 1, FIRST)),
            entry(1, madeDefault(ADA, 2, FIRST)),
            entry(2, registered(BEN, 1, SECOND)),
            entry(3, deleted(ADA, 3, FIRST, 2))));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private boolean terminal;

    @Test
    void tellsASoundHistoryAndSucceeds() {
        int status = run(SOUND::forEach, "replay");

        assertThat(status).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains(" sequence ")))
                .hasSize(4);
        assertThat(out.toString().lines().skip(4))
                .containsExactly(
                        "user " + ADA + "  credential " + FIRST + "  openai gpt-4o-mini  sk-...wxyz  deleted",
                        "user " + BEN + "  credential " + SECOND + "  openai gpt-4o-mini  sk-...wxyz  active",
                        "4 changes, 2 users, 2 credentials, 0 findings");
    }

    @Test
    void tellsOneUserAsOfAMoment() {
        int status = run(SOUND::forEach, "replay", "--user", ADA.toString(), "--as-of", at(2).toString());

        assertThat(status).isZero();
        assertThat(out.toString().lines().skip(2))
                .containsExactly(
                        "user " + ADA + "  credential " + FIRST
                                + "  openai gpt-4o-mini  sk-...wxyz  active, the default",
                        "2 changes, 1 user, 1 credential, 0 findings; 1 later change left out");
    }

    @Test
    void failsOnAFinding() {
        int status = run(List.of(entry(0, registered(ADA, 2, FIRST)))::forEach, "replay");

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).contains("user " + ADA + ": change 1 is missing");
    }

    @Test
    void writesTheFiguresToAFile(@TempDir Path directory) throws IOException {
        var file = directory.resolve("figures.json");

        int status = run(SOUND::forEach, "replay", "--json", file.toString());

        assertThat(status).isZero();
        assertThat(file)
                .hasContent("[{\"name\":\"changes\",\"value\":4,\"unit\":\"changes\"},"
                        + "{\"name\":\"users\",\"value\":2,\"unit\":\"users\"},"
                        + "{\"name\":\"credentials\",\"value\":2,\"unit\":\"credentials\"},"
                        + "{\"name\":\"findings\",\"value\":0,\"unit\":\"findings\"},"
                        + "{\"name\":\"seconds\",\"value\":1.5,\"unit\":\"s\"}]");
    }

    @Test
    void saysInOneSentenceThatTheFiguresCanNotBeWritten(@TempDir Path directory) throws IOException {
        var file = Files.createDirectory(directory.resolve("taken"));

        int status = run(SOUND::forEach, "replay", "--json", file.toString());

        assertThat(status).isEqualTo(1);
        assertThat(err).hasToString("audit: the figures can not be written to " + file + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=json", "--json", "--json=-"})
    void printsJsonLines(String option) {
        int status = run(SOUND::forEach, "replay", option);

        assertThat(status).isZero();
        assertThat(out.toString().lines()).hasSize(7).allMatch(line -> line.startsWith("{\"type\":\""));
    }

    @Test
    void showsItsProgressOnATerminal() {
        terminal = true;

        run(SOUND::forEach, "replay");

        assertThat(err.toString()).contains("4 records read");
    }

    @Test
    void showsNoProgressInAPipe() {
        run(SOUND::forEach, "replay");

        assertThat(err).hasToString("");
    }

    @Test
    void saysInOneSentenceWhyTheHistoryCanNotBeRead() {
        int status = run(
                listener -> {
                    throw new HistoryUnavailable("the history can not be read");
                },
                "replay");

        assertThat(status).isEqualTo(1);
        assertThat(err).hasToString("audit: the history can not be read\n");
    }

    @Test
    void explainsItself() {
        assertThat(run(SOUND::forEach, "--help")).isZero();
        assertThat(run(SOUND::forEach, "replay", "--help")).isZero();
        assertThat(out.toString())
                .contains("replay", "--user", "--as-of", "--json", "--format", "--bootstrap", "--registry")
                .contains("--port-offset");
        assertThat(err).hasToString("");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThat(run(SOUND::forEach, "replay", "--as-of", "yesterday")).isEqualTo(2);
        assertThat(run(SOUND::forEach)).isEqualTo(2);
    }

    private int run(History history, String... arguments) {
        var times = LongStream.iterate(
                        0, time -> time + Duration.ofMillis(1_500).toNanos())
                .iterator();
        var surroundings = new Surroundings(Map.of(), config -> history, config -> Map.of(), times::nextLong, terminal);
        return AuditMain.commandLine(surroundings)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
