package dev.latchkey.audit.output;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.SECOND;
import static dev.latchkey.audit.Changes.filled;
import static dev.latchkey.audit.Changes.held;
import static dev.latchkey.audit.Changes.refusedTrial;
import static dev.latchkey.audit.Changes.registered;
import static dev.latchkey.audit.Changes.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.history.Audience;
import dev.latchkey.audit.history.Finding;
import dev.latchkey.audit.history.Holdings;
import dev.latchkey.audit.history.Place;
import dev.latchkey.audit.history.Tally;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TextReportTest {
    private static final Place PLACE = new Place(3, 41);

    @Test
    void saysAChangeInOneLine() {
        assertThat(printed(report -> report.change(registered(ADA, 1, FIRST))))
                .containsExactly("2026-11-24T12:00:01.000001Z  user 018f3a00-0000-7000-8000-000000000001  sequence 1"
                        + "  registered  openai gpt-4o-mini  sk-...wxyz  by 018f3a00-0000-7000-8000-000000000001"
                        + "  request request-1  succeeded");
    }

    @Test
    void saysThatAKeyWasOnlyTried() {
        assertThat(printed(report -> report.change(refusedTrial(ADA, 2))))
                .containsExactly("2026-11-24T12:00:02.000001Z  user 018f3a00-0000-7000-8000-000000000001  sequence 2"
                        + "  validated a key that is not stored  by 018f3a00-0000-7000-8000-000000000001"
                        + "  request request-2  refused");
    }

    @Test
    void saysThatTheListWasRead() {
        var read = filled(ADA, 3).setChange(CredentialChange.READ).build();

        assertThat(printed(report -> report.change(read)))
                .containsExactly("2026-11-24T12:00:03.000001Z  user 018f3a00-0000-7000-8000-000000000001  sequence 3"
                        + "  read the list  by 018f3a00-0000-7000-8000-000000000001  request request-3  succeeded");
    }

    @Test
    void saysWhichCredentialAUserNamedAndDidNotHave() {
        var refused = filled(ADA, 4)
                .setChange(CredentialChange.DELETED)
                .setCredentialId(SECOND)
                .setResult(AuditResult.REFUSED)
                .build();

        assertThat(printed(report -> report.change(refused)))
                .containsExactly("2026-11-24T12:00:04.000001Z  user 018f3a00-0000-7000-8000-000000000001  sequence 4"
                        + "  deleted the unknown credential 018f3a00-0000-7001-8000-000000000002"
                        + "  by 018f3a00-0000-7000-8000-000000000001  request request-4  refused");
    }

    @Test
    void saysThatAnOperationFailed() {
        var failed = filled(ADA, 5)
                .setChange(CredentialChange.REGISTERED)
                .setResult(AuditResult.FAILED)
                .build();

        assertThat(printed(report -> report.change(failed)))
                .containsExactly("2026-11-24T12:00:05.000001Z  user 018f3a00-0000-7000-8000-000000000001  sequence 5"
                        + "  registered a key that is not stored  by 018f3a00-0000-7000-8000-000000000001"
                        + "  request request-5  failed");
    }

    @Test
    void letsNobodyForgeALine() {
        var forged = filled(ADA, 1)
                .setChange(CredentialChange.DELETED)
                .setRequestId("x  succeeded\n2026  user me  sequence 2 \u001b[2J")
                .setActor("")
                .build();

        assertThat(printed(report -> report.change(forged)))
                .containsExactly("2026-11-24T12:00:01.000001Z  user 018f3a00-0000-7000-8000-000000000001  sequence 1"
                        + "  deleted a key that is not stored  by -  request"
                        + " x_succeeded_2026_user_me_sequence_2_[2J  succeeded");
    }

    @Test
    void saysWhatTheUserHolds() {
        var holdings = new Holdings(ADA, List.of(held(FIRST, 4, state(3, true)), held(SECOND, 5, state(2, false))));

        assertThat(printed(report -> report.holdings(holdings)))
                .containsExactly(
                        "user 018f3a00-0000-7000-8000-000000000001  credential 018f3a00-0000-7001-8000-000000000001"
                                + "  openai gpt-4o-mini  sk-...wxyz  active, the default",
                        "user 018f3a00-0000-7000-8000-000000000001  credential 018f3a00-0000-7001-8000-000000000002"
                                + "  openai gpt-4o-mini  sk-...wxyz  deleted");
    }

    @Test
    void saysEveryFindingAndWhereItIs() {
        assertThat(printed(report -> {
                    report.finding(new Finding.Missing(PLACE, ADA, 2, 2));
                    report.finding(new Finding.Missing(PLACE, ADA, 2, 4));
                    report.finding(new Finding.Repeated(PLACE, ADA, 2));
                    report.finding(new Finding.OutOfOrder(PLACE, ADA, 2, 5));
                    report.finding(new Finding.Misfiled(PLACE, ADA, ""));
                    report.finding(new Finding.Misfiled(PLACE, ADA, "some body"));
                    report.finding(new Finding.Unreadable(PLACE, "a value starts with byte 0, this one with 7"));
                }))
                .containsExactly(
                        finding("user " + ADA + ": change 2 is missing"),
                        finding("user " + ADA + ": the changes from 2 to 4 are missing"),
                        finding("user " + ADA + ": change 2 is there again"),
                        finding("user " + ADA + ": change 2 stands where 5 belongs"),
                        finding("user " + ADA + ": a change is filed under no key"),
                        finding("user " + ADA + ": a change is filed under the key some_body"),
                        finding("a record is unreadable: a value starts with byte 0, this one with 7"));
    }

    @Test
    void countsAtTheEnd() {
        assertThat(printed(report -> report.end(new Tally(5, 0, 2, 3, 1))))
                .containsExactly("5 changes, 2 users, 3 credentials, 1 finding");
        assertThat(printed(report -> report.end(new Tally(1, 1, 1, 1, 0))))
                .containsExactly("1 change, 1 user, 1 credential, 0 findings; 1 later change left out");
    }

    private static String finding(String what) {
        return "finding  " + what + "  at partition 3 offset 41";
    }

    private static List<String> printed(Consumer<Audience> telling) {
        var out = new StringWriter();
        telling.accept(new TextReport(new PrintWriter(out)));
        return out.toString().lines().toList();
    }
}
