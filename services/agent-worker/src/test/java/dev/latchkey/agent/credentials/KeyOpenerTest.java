package dev.latchkey.agent.credentials;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.KEY_TEXT;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.sealed;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.events.KeyPurpose;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.VaultUnavailable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class KeyOpenerTest {
    private static final UUID ID = new UUID(7, 7);

    private final FakeVault vault = new FakeVault();
    private final List<KeyUsed> uses = new ArrayList<>();
    private final KeyOpener opener = new KeyOpener(vault, uses::add, () -> ID, InstantSource.fixed(NOW));

    @Test
    void putsOnRecordWhatAKeyIsOpenedFor() throws Exception {
        var task = task().build();

        var unsealed = opener.open(credential().build(), Purpose.ofAnswering(task));

        assertThat(unsealed).isEqualTo(new Unsealed.Opened(new ApiKey(KEY_TEXT)));
        assertThat(uses)
                .containsExactly(new KeyUsed(
                        ID,
                        ADA,
                        CREDENTIAL,
                        credential().build().getRevision(),
                        KeyPurpose.ANSWER,
                        task.getTaskId().toString(),
                        task.getPromptId(),
                        "agent-worker",
                        KeyUseResult.OPENED,
                        NOW));
    }

    @Test
    void putsOnRecordThatAKeyDidNotOpen() throws Exception {
        var moved = credential().setSealedKey(sealed(KEY_TEXT, BOB)).build();

        var unsealed = opener.open(moved, Purpose.ofChecking("request-1"));

        assertThat(unsealed).isInstanceOf(Unsealed.Refused.class);
        assertThat(uses)
                .singleElement()
                .returns(KeyUseResult.REFUSED, KeyUsed::getResult)
                .returns(KeyPurpose.CHECK, KeyUsed::getPurpose)
                .returns("request-1", KeyUsed::getRequestId);
    }

    @Test
    void putsNothingOnRecordWhileVaultIsAway() {
        vault.goAway();

        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> opener.open(credential().build(), Purpose.ofChecking("request-1")));
        assertThat(uses).isEmpty();
    }

    @Test
    void givesNobodyAKeyWhoseOpeningIsNotOnRecord() {
        var opened = new ArrayList<ApiKey>();
        var unrecorded = new KeyOpener(
                (stored, owner) -> {
                    var key = new ApiKey(KEY_TEXT);
                    opened.add(key);
                    return new Unsealed.Opened(key);
                },
                use -> {
                    throw new InterruptedException();
                },
                () -> ID,
                InstantSource.fixed(NOW));

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> unrecorded.open(credential().build(), Purpose.ofChecking("request-1")));
        assertThat(opened)
                .singleElement()
                .satisfies(key -> assertThat(key.copy()).isEmpty());
    }
}
