package dev.latchkey.audit.output;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.held;
import static dev.latchkey.audit.Changes.refusedTrial;
import static dev.latchkey.audit.Changes.registered;
import static dev.latchkey.audit.Changes.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.history.Finding;
import dev.latchkey.audit.history.Holdings;
import dev.latchkey.audit.history.Place;
import dev.latchkey.audit.history.Tally;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonReportTest {
    private static final String USER = "\"user_id\":\"018f3a00-0000-7000-8000-000000000001\"";
    private static final String CREDENTIAL = "\"credential_id\":\"018f3a00-0000-7001-8000-000000000001\"";
    private static final String STATE = "{\"provider\":\"openai\",\"model_name\":\"gpt-4o-mini\",\"base_url\":null,"
            + "\"masked_key\":\"sk-...wxyz\",\"key_fingerprint\":\"vault:v1:finger\",\"is_active\":true,"
            + "\"created_at\":\"2026-11-24T12:00:00.000001Z\"}";

    @Test
    void printsAnObjectALine() {
        var out = new StringWriter();
        var report = new JsonReport(new PrintWriter(out));

        report.change(registered(ADA, 1, FIRST));
        report.change(refusedTrial(ADA, 2));
        report.finding(new Finding.Unreadable(new Place(3, 41), "the value is null"));
        report.holdings(new Holdings(ADA, List.of(held(FIRST, 1, state(1, true)))));
        report.end(new Tally(2, 0, 1, 1, 1));

        assertThat(out.toString().lines())
                .containsExactly(
                        change(1, "registered", CREDENTIAL + ",\"after\":" + STATE, "succeeded"),
                        change(2, "validated", "\"credential_id\":null,\"after\":null", "refused"),
                        "{\"type\":\"finding\",\"partition\":3,\"offset\":41,"
                                + "\"what\":\"a record is unreadable: the value is null\"}",
                        "{\"type\":\"credential\"," + USER + "," + CREDENTIAL
                                + ",\"sequence\":1,\"is_default\":true,\"state\":" + STATE + "}",
                        "{\"type\":\"end\",\"tally\":{\"changes\":2,\"later\":0,\"users\":1,\"credentials\":1,"
                                + "\"findings\":1}}");
    }

    private static String change(int sequence, String change, String credential, String result) {
        return "{\"type\":\"change\",\"occurred_at\":\"2026-11-24T12:00:0" + sequence + ".000001Z\"," + USER
                + ",\"sequence\":" + sequence + ",\"change\":\"" + change + "\"," + credential
                + ",\"actor\":\"018f3a00-0000-7000-8000-000000000001\",\"request_id\":\"request-" + sequence
                + "\",\"result\":\"" + result + "\",\"event_id\":\"80000000-0000-0001-0000-00000000000" + sequence
                + "\"}";
    }
}
