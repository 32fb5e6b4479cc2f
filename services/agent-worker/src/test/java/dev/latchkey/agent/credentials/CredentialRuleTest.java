package dev.latchkey.agent.credentials;

import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CredentialRuleTest {
    @Test
    void believesActiveAndDeletedCredentials() {
        assertThat(CredentialRule.brokenBy(CREDENTIAL.toString(), credential().build()))
                .isEmpty();
        assertThat(CredentialRule.brokenBy(CREDENTIAL.toString(), deletedCredential()))
                .isEmpty();
    }

    @Test
    void namesTheBrokenRule() {
        var key = CREDENTIAL.toString();

        assertThat(CredentialRule.brokenBy("other", credential().build()))
                .contains("the record key is not the credentialId");
        assertThat(CredentialRule.brokenBy(key, credential().setRevision(0).build()))
                .contains("a revision is at least 1");
        assertThat(CredentialRule.brokenBy(key, credential().setSealedKey(null).build()))
                .contains("an active credential has a sealed key");
    }
}
