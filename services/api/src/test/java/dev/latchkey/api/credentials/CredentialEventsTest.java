package dev.latchkey.api.credentials;

import static dev.latchkey.api.Samples.MORNING;
import static dev.latchkey.api.Samples.credential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialState;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CredentialEventsTest {
    private static final UUID EVENT = UUID.randomUUID();

    private final Credential credential = credential(7);
    private final Act act = new Act(credential.userId(), "request-1");

    @Test
    void tellsTheStateAfterAChange() {
        assertThat(CredentialEvents.changed(credential, EVENT))
                .isEqualTo(new CredentialChanged(
                        EVENT,
                        credential.id(),
                        credential.userId(),
                        7L,
                        0L,
                        "openai",
                        "gpt-4o-mini",
                        null,
                        "vault:v1:c2VhbGVk",
                        "latchkey",
                        "sk-...wxyz",
                        true,
                        MORNING,
                        MORNING,
                        MORNING,
                        null));
    }

    @Test
    void keepsCiphertextsOutOfTheHistory() {
        var stamp = new CredentialEvents.Stamp(EVENT, 3, new Revision(7, MORNING));

        var entry = CredentialEvents.audited(stamp, Deed.done(act, CredentialChange.REGISTERED), credential);

        assertThat(entry)
                .isEqualTo(new CredentialAudited(
                        EVENT,
                        credential.userId(),
                        3L,
                        credential.id(),
                        CredentialChange.REGISTERED,
                        credential.userId().toString(),
                        "request-1",
                        AuditResult.SUCCEEDED,
                        7L,
                        new CredentialState(
                                "openai",
                                "gpt-4o-mini",
                                null,
                                "sk-...wxyz",
                                "vault:v1:aG1hYw==",
                                false,
                                true,
                                0L,
                                MORNING,
                                null),
                        MORNING,
                        null,
                        null));
        assertThat(entry.toString()).doesNotContain("vault:v1:c2VhbGVk");
    }

    @Test
    void recordsATrialThatTouchedNothing() {
        var stamp = new CredentialEvents.Stamp(EVENT, 3, new Revision(7, MORNING));

        var entry = CredentialEvents.tried(
                stamp, new Deed(act, CredentialChange.VALIDATED, AuditResult.REFUSED), null, null);

        assertThat(entry)
                .isEqualTo(new CredentialAudited(
                        EVENT,
                        credential.userId(),
                        3L,
                        null,
                        CredentialChange.VALIDATED,
                        credential.userId().toString(),
                        "request-1",
                        AuditResult.REFUSED,
                        7L,
                        null,
                        MORNING,
                        null,
                        null));
    }
}
