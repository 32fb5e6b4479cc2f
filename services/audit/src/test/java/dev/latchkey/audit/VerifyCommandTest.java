package dev.latchkey.audit;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.BEN;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.SECOND;
import static dev.latchkey.audit.Changes.deleted;
import static dev.latchkey.audit.Changes.entry;
import static dev.latchkey.audit.Changes.madeDefault;
import static dev.latchkey.audit.Changes.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.Place;
import dev.latchkey.events.CredentialAudited;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyCommandTest {
    private static final List<Entry> SOUND = Chaining.of(List.of(
            entry(0, registered(ADA, 1, FIRST)),
            entry(1, madeDefault(ADA, 2, FIRST)),
            entry(2, registered(BEN, 1, SECOND)),
            entry(3, deleted(ADA, 3, FIRST, 2))));

    private final StringWriter out = new StringWriter();

    @Test
    void saysThatNothingWasChanged() {
        assertThat(verify(SOUND)).isZero();
        assertThat(out).hasToString("4 changes of 2 users: each is as it was written, and follows the one before it\n");
    }

    @Test
    void namesTheRecordThatWasChanged() {
        assertThat(verify(with(1, altered()))).isEqualTo(1);
        assertThat(out)
                .hasToString("finding  credential-audit at partition 0 offset 1  user " + ADA
                        + ": change 2 is not as it was written\n"
                        + "4 changes of 2 users: 1 finding, the first bad record first\n");
    }

    @Test
    void verifiesOneUserAlone() {
        assertThat(verify(with(1, altered()), "--user", BEN.toString())).isZero();
        assertThat(out.toString()).startsWith("1 change of 1 user: ");
    }

    @Test
    void writesTheFiguresToAFile(@TempDir Path directory) throws IOException {
        var file = directory.resolve("figures.json");

        assertThat(verify(SOUND, "--json", file.toString())).isZero();

        assertThat(Files.readString(file)).contains("{\"name\":\"findings\",\"value\":0,\"unit\":\"findings\"}");
    }

    private static CredentialAudited altered() {
        var entry = (Entry.Change) SOUND.get(1);
        return CredentialAudited.newBuilder(entry.event()).setActor("nobody").build();
    }

    private static List<Entry> with(int offset, CredentialAudited event) {
        var entries = new ArrayList<>(SOUND);
        entries.set(
                offset, new Entry.Change(new Place(0, offset), event.getUserId().toString(), event));
        return entries;
    }

    private int verify(List<Entry> entries, String... arguments) {
        var words = new ArrayList<>(List.of("verify"));
        words.addAll(List.of(arguments));
        var surroundings = new Surroundings(Map.of(), _ -> entries::forEach, _ -> Map.of(), () -> 0L, false);
        return AuditMain.commandLine(surroundings).setOut(new PrintWriter(out)).execute(words.toArray(String[]::new));
    }
}
