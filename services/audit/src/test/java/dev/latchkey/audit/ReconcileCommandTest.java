package dev.latchkey.audit;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.reconciling.Copy;
import dev.latchkey.audit.reconciling.Keeper;
import dev.latchkey.audit.reconciling.Picture;
import dev.latchkey.audit.reconciling.Source;
import dev.latchkey.audit.reconciling.TableUnavailable;
import dev.latchkey.audit.reconciling.Trait;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconcileCommandTest {
    private static final Picture NEWER = picture("7", "vault:v1:new");
    private static final Picture OLDER = picture("6", "vault:v1:old");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private boolean terminal;

    @Test
    void succeedsWhereAllAgree() {
        int status = run(() -> NEWER, NEWER, NEWER);

        assertThat(status).isZero();
        assertThat(out).hasToString("1 credentials in the table, 0 differences to the topics and the history\n");
        assertThat(err).hasToString("");
    }

    @Test
    void namesDifferencesWithTheirLikelyCauseAndNoSealedKey() {
        int status = run(() -> NEWER, OLDER, new Picture(Map.of(), Map.of(ADA, FIRST)));

        assertThat(status).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        "difference  credential " + FIRST + ": the revision is 7 in the table and 6 on the topic;"
                                + " likely its event has not been published yet, so look at the api and its outbox",
                        "difference  credential " + FIRST + ": the sealed key is not the same in the table and on the"
                                + " topic; likely the row was written past the api or the event was published past it,"
                                + " unless the revisions differ too",
                        "difference  credential " + FIRST + ": is in the table and not in the history; likely the row"
                                + " was written past the api, or the history was cut",
                        "1 credentials in the table, 3 differences to the topics and the history");
    }

    @Test
    void tellsATableThatFellBehindFromATopicThatDid() {
        run(() -> OLDER, NEWER, OLDER);

        assertThat(out.toString())
                .contains("the revision is 6 in the table and 7 on the topic; likely the table was restored from a"
                        + " backup, or an event was published past the api");
    }

    @Test
    void writesTheFiguresToAFile(@TempDir Path directory) throws IOException {
        var file = directory.resolve("figures.json");

        run(() -> NEWER, NEWER, NEWER, "--json", file.toString());

        assertThat(file)
                .hasContent("[{\"name\":\"credentials\",\"value\":1,\"unit\":\"credentials\"},"
                        + "{\"name\":\"differences\",\"value\":0,\"unit\":\"differences\"},"
                        + "{\"name\":\"seconds\",\"value\":6.0,\"unit\":\"s\"}]");
    }

    @Test
    void saysOnATerminalWhatItReads() {
        terminal = true;

        run(() -> NEWER, NEWER, NEWER);

        assertThat(err.toString()).contains("reading the table", "reading the topic", "reading the history");
    }

    @Test
    void saysInOneSentenceThatTheTableCanNotBeRead() {
        int status = run(
                () -> {
                    throw new TableUnavailable("PostgreSQL can not be read", new IOException());
                },
                NEWER,
                NEWER);

        assertThat(status).isEqualTo(1);
        assertThat(err).hasToString("audit: PostgreSQL can not be read\n");
    }

    private int run(Source table, Picture topic, Picture history, String... options) {
        var times = LongStream.iterate(0, time -> time + Duration.ofSeconds(6).toNanos())
                .iterator();
        var keepers =
                Map.of(Keeper.TABLE, table, Keeper.TOPIC, (Source) () -> topic, Keeper.HISTORY, (Source) () -> history);
        var surroundings =
                new Surroundings(Map.of(), config -> listener -> {}, config -> keepers, times::nextLong, terminal);
        var line =
                AuditMain.commandLine(surroundings).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        var words = new String[options.length + 1];
        words[0] = "reconcile";
        System.arraycopy(options, 0, words, 1, options.length);
        return line.execute(words);
    }

    private static Picture picture(String revision, String sealedKey) {
        var copy = new Copy(Map.of(Trait.OWNER, ADA.toString(), Trait.REVISION, revision, Trait.SEALED_KEY, sealedKey));
        return new Picture(Map.of(FIRST, copy), Map.of(ADA, FIRST));
    }
}
