package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Audience;
import dev.latchkey.audit.history.Finding;
import dev.latchkey.audit.history.Holdings;
import dev.latchkey.audit.history.Tally;
import dev.latchkey.events.CredentialAudited;
import java.io.PrintWriter;

/** What is wrong with a history, the first bad record first, and nothing of what it says. */
public final class VerificationReport implements Audience {
    private final PrintWriter out;
    private final String topic;

    public VerificationReport(PrintWriter out, String topic) {
        this.out = out;
        this.topic = topic;
    }

    @Override
    public void change(CredentialAudited change) {}

    @Override
    public void finding(Finding finding) {
        out.println("finding  " + topic + " " + Words.of(finding.place()) + "  " + Words.of(finding));
    }

    @Override
    public void holdings(Holdings holdings) {}

    @Override
    public void end(Tally tally) {
        out.println(Words.count(tally.changes(), "change") + " of " + Words.count(tally.users(), "user") + ": "
                + verdict(tally.findings()));
        out.flush();
    }

    private static String verdict(long findings) {
        return findings == 0
                ? "each is as it was written, and follows the one before it"
                : Words.count(findings, "finding") + ", the first bad record first";
    }
}
