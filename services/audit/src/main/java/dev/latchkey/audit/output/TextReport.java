package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Audience;
import dev.latchkey.audit.history.Finding;
import dev.latchkey.audit.history.HeldCredential;
import dev.latchkey.audit.history.Holdings;
import dev.latchkey.audit.history.Tally;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.UUID;

/** A replay for people: a line per change, finding and credential, and a last one that counts them. */
public final class TextReport implements Audience {
    private final PrintWriter out;

    public TextReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void change(CredentialAudited change) {
        out.println(String.join(
                "  ",
                change.getOccurredAt().toString(),
                "user " + change.getUserId(),
                "sequence " + change.getSequence(),
                Words.of(change.getChange()) + subject(change),
                "by " + Words.word(change.getActor()),
                "request " + Words.word(change.getRequestId()),
                Words.of(change.getResult())));
    }

    @Override
    public void finding(Finding finding) {
        out.println("finding  " + Words.of(finding) + "  " + Words.of(finding.place()));
    }

    @Override
    public void holdings(Holdings holdings) {
        var byDefault = holdings.defaultCredential();
        holdings.credentials().forEach(credential -> out.println(line(holdings, credential, byDefault)));
    }

    @Override
    public void end(Tally tally) {
        var counts = String.join(
                ", ",
                Words.count(tally.changes(), "change"),
                Words.count(tally.users(), "user"),
                Words.count(tally.credentials(), "credential"),
                Words.count(tally.findings(), "finding"));
        out.println(counts + later(tally.later()));
        out.flush();
    }

    private static String line(Holdings holdings, HeldCredential credential, Optional<UUID> byDefault) {
        var state = credential.state();
        var standing = state.getIsActive() ? "active" : "deleted";
        var choice = byDefault.filter(credential.id()::equals).isPresent() ? ", the default" : "";
        return String.join(
                "  ", "user " + holdings.userId(), "credential " + credential.id(), Words.of(state), standing + choice);
    }

    private static String subject(CredentialAudited change) {
        var after = change.getAfter();
        return after == null ? stranger(change) : "  " + Words.of(after);
    }

    /** What an entry is about that is about no credential of the user's. */
    private static String stranger(CredentialAudited change) {
        if (change.getChange() == CredentialChange.READ) {
            return " the list";
        }
        return change.getCredentialId() == null
                ? " a key that is not stored"
                : " the unknown credential " + change.getCredentialId();
    }

    private static String later(long changes) {
        return changes == 0 ? "" : "; " + Words.count(changes, "later change") + " left out";
    }
}
