package dev.latchkey.agent.credentials;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.KEY_TEXT;
import static dev.latchkey.agent.Samples.MASKED;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static dev.latchkey.agent.Samples.sealed;
import static dev.latchkey.agent.Samples.systemTask;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyPurpose;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.FakeVault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class KeysTest {
    private static final UUID USE = new UUID(7, 7);

    private final CredentialView view = new CredentialView(InstantSource.system());
    private final FakeVault vault = new FakeVault();
    private final List<KeyUsed> uses = new ArrayList<>();
    private CatchUp catchUp = deadline -> true;
    private final Keys keys = keys(Keys.SystemKey.none());

    @Test
    void opensTheUsersOwnKey() throws Exception {
        view.changed(credential().build());

        assertThat(keys.grant(open())).isEqualTo(new KeyGrant.Granted(new ApiKey(KEY_TEXT), MASKED));
    }

    @Test
    void usesTheKeyThatIsThereNowNotTheOneAtRouting() throws Exception {
        view.changed(credential().build());
        view.changed(credential()
                .setRevision(5)
                .setSealedKey(sealed("sk-rotated-0123456789-new1", credential().getUserId()))
                .setMaskedKey("sk-...new1")
                .build());

        assertThat(keys.grant(open()))
                .isEqualTo(new KeyGrant.Granted(new ApiKey("sk-rotated-0123456789-new1"), "sk-...new1"));
    }

    @Test
    void deniesADeletedCredential() throws Exception {
        view.changed(deletedCredential());

        assertThat(keys.grant(open())).isEqualTo(new KeyGrant.Denied("the credential was deleted"));
        assertThat(keys.revoked(open())).contains("the credential was deleted");
    }

    @Test
    void deniesSomebodyElsesCredential() throws Exception {
        view.changed(credential().setUserId(BOB).build());

        assertThat(keys.grant(open())).isEqualTo(new KeyGrant.Denied("the credential belongs to somebody else"));
    }

    @Test
    void deniesAKeyThatWasSealedForSomebodyElse() throws Exception {
        view.changed(credential().setSealedKey(sealed(KEY_TEXT, BOB)).build());

        assertThat(keys.grant(open())).isEqualTo(new KeyGrant.Denied("the sealed key does not open for this owner"));
    }

    @Test
    void saysThatAKeyIsSealedUnderAnotherMasterKey() throws Exception {
        view.changed(credential().setEncryptionKeyId("another").build());

        assertThat(keys.grant(open())).isEqualTo(new KeyGrant.Denied("the key is sealed under another master key"));
    }

    @Test
    void opensAKeyOnceItCarriesTheNameOfItsMasterKey() throws Exception {
        view.changed(credential().setEncryptionKeyId("another").build());
        catchUp = deadline -> {
            view.changed(credential().setRevision(4).build());
            return true;
        };

        assertThat(keys(Keys.SystemKey.none()).grant(open()))
                .isEqualTo(new KeyGrant.Granted(new ApiKey(KEY_TEXT), MASKED));
    }

    @Test
    void triesTheNewestSealedKeyWhenTheOneItKnewDoesNotOpenAnyMore() throws Exception {
        view.changed(credential().setSealedKey("fake:v1:of-an-old-version").build());
        catchUp = deadline -> {
            view.changed(credential().setRevision(4).build());
            return true;
        };

        assertThat(keys(Keys.SystemKey.none()).grant(open()))
                .isEqualTo(new KeyGrant.Granted(new ApiKey(KEY_TEXT), MASKED));
    }

    @Test
    void deniesAKeyThatWasDeletedWhileItDidNotOpen() throws Exception {
        view.changed(credential().setSealedKey("fake:v1:of-an-old-version").build());
        catchUp = deadline -> {
            view.changed(deletedCredential());
            return true;
        };

        assertThat(keys(Keys.SystemKey.none()).grant(open()))
                .isEqualTo(new KeyGrant.Denied("the credential was deleted"));
    }

    @Test
    void deniesNothingBeforeItKnowsTheNewestSealedKey() throws Exception {
        view.changed(credential().setSealedKey("fake:v1:of-an-old-version").build());
        catchUp = new RecentOnly();

        assertThat(keys(Keys.SystemKey.none()).grant(open())).isEqualTo(new KeyGrant.TooLate());
    }

    @Test
    void opensNothingWhileItIsNotKnownWhatWasDeletedLately() throws Exception {
        view.changed(credential().build());
        var caughtUp = new CountDownLatch(1);
        catchUp = deadline -> {
            caughtUp.await();
            return true;
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<KeyGrant> waiting =
                    threads.submit(() -> keys(Keys.SystemKey.none()).grant(open()));
            Awaitility.await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
            view.changed(deletedCredential());
            caughtUp.countDown();

            assertThat(waiting.get()).isEqualTo(new KeyGrant.Denied("the credential was deleted"));
        }
    }

    @Test
    void givesUpOnWhatIsNotKnownAtTheDeadline() throws Exception {
        view.changed(credential().build());
        catchUp = deadline -> false;

        assertThat(keys(Keys.SystemKey.none()).grant(open())).isEqualTo(new KeyGrant.TooLate());
    }

    @Test
    void holdsATaskWhileVaultIsAwayAndGoesOnWhenItIsBack() throws Exception {
        view.changed(credential().build());
        vault.goAway();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<KeyGrant> waiting = threads.submit(() -> keys.grant(open()));
            Awaitility.await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
            vault.comeBack();

            assertThat(waiting.get()).isEqualTo(new KeyGrant.Granted(new ApiKey(KEY_TEXT), MASKED));
        }
    }

    @Test
    void givesUpOnVaultAtTheDeadline() throws Exception {
        view.changed(credential().build());
        vault.goAway();

        var task = task().setDeadline(Instant.now().plusMillis(100)).build();

        assertThat(keys.grant(task)).isEqualTo(new KeyGrant.TooLate());
    }

    @Test
    void givesUpOnARevisionThatNeverComesAtTheDeadline() throws Exception {
        view.changed(credential().setRevision(2).build());

        var task = task().setDeadline(Instant.now().plusMillis(50)).build();

        assertThat(keys.grant(task)).isEqualTo(new KeyGrant.TooLate());
    }

    @Test
    void opensTheSystemKeyOnlyForTasksThatSaySo() throws Exception {
        var withSystemKey = keys(new Keys.SystemKey("openai", new ApiKey("sk-system-0123456789-9999")));
        view.changed(deletedCredential());

        assertThat(withSystemKey.grant(systemTask().build()))
                .isEqualTo(new KeyGrant.Granted(new ApiKey("sk-system-0123456789-9999"), "sk-...9999"));
        assertThat(withSystemKey.grant(open())).isEqualTo(new KeyGrant.Denied("the credential was deleted"));
    }

    @Test
    void sendsTheSystemKeyToNobodyButItsProvider() throws Exception {
        var withSystemKey = keys(new Keys.SystemKey("anthropic", new ApiKey("sk-system-0123456789-9999")));

        assertThat(withSystemKey.grant(systemTask().build()))
                .isEqualTo(new KeyGrant.Denied("the system key is for another provider"));
    }

    /** Whoever can write tasks could name a server of his own. */
    @Test
    void opensNoKeyForATaskThatWouldSendItElsewhere() throws Exception {
        view.changed(credential().build());
        var denied = new KeyGrant.Denied("the task would send the key to where it was not sealed for");

        assertThat(keys.grant(AgentTask.newBuilder(open())
                        .setBaseUrl("https://thief.example/v1")
                        .build()))
                .isEqualTo(denied);
        assertThat(keys.grant(AgentTask.newBuilder(open())
                        .setProvider("openai-compatible")
                        .build()))
                .isEqualTo(denied);
    }

    /** Whoever can write credentials could, too: the key itself says where it may go. */
    @Test
    void opensNoKeyOfACredentialWhoseAddressWasExchanged() throws Exception {
        view.changed(credential()
                .setProvider("openai-compatible")
                .setBaseUrl("https://thief.example/v1")
                .build());
        var task = AgentTask.newBuilder(open())
                .setProvider("openai-compatible")
                .setBaseUrl("https://thief.example/v1")
                .build();

        assertThat(keys.grant(task)).isInstanceOf(KeyGrant.Denied.class);
    }

    @Test
    void sparesTheSystemKeyWhenATaskWipesItsCopy() throws Exception {
        var withSystemKey = keys(new Keys.SystemKey("openai", new ApiKey("sk-system-0123456789-9999")));

        if (withSystemKey.grant(systemTask().build()) instanceof KeyGrant.Granted(var key, var masked)) {
            key.wipe();
        }

        assertThat(withSystemKey.grant(systemTask().build()))
                .isEqualTo(new KeyGrant.Granted(new ApiKey("sk-system-0123456789-9999"), "sk-...9999"));
    }

    @Test
    void putsOnRecordForWhomTheSystemKeyIsUsedAndWhenItIsDeniedNothing() throws Exception {
        var task = systemTask().build();

        keys(new Keys.SystemKey("openai", new ApiKey("sk-system-0123456789-9999")))
                .grant(task);
        keys(new Keys.SystemKey("anthropic", new ApiKey("sk-system-0123456789-9999")))
                .grant(task);
        keys(Keys.SystemKey.none()).grant(task);

        assertThat(uses)
                .containsExactly(new KeyUsed(
                        USE,
                        ADA,
                        null,
                        0L,
                        KeyPurpose.ANSWER,
                        task.getTaskId().toString(),
                        task.getPromptId(),
                        "agent-worker",
                        KeyUseResult.OPENED,
                        NOW));
    }

    @Test
    void givesNobodyTheSystemKeyWhoseUseIsNotOnRecord() {
        var opener = new KeyOpener(
                vault,
                use -> {
                    throw new InterruptedException();
                },
                () -> USE,
                InstantSource.fixed(NOW));
        var systemKey = new Keys.SystemKey("openai", new ApiKey("sk-system-0123456789-9999"));
        var unrecorded = new Keys(
                view, opener, systemKey, new Keys.Waiting(InstantSource.system(), Duration.ofMillis(10), catchUp));

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> unrecorded.grant(systemTask().build()));
    }

    @Test
    void deniesTheSystemKeyWhereThereIsNone() throws Exception {
        assertThat(keys.grant(systemTask().build()))
                .isEqualTo(new KeyGrant.Denied("this installation has no system key"));
    }

    /** Knows what there was, and never learns what there is. */
    private static final class RecentOnly implements CatchUp {
        @Override
        public boolean isRecent() {
            return true;
        }

        @Override
        public boolean before(Instant deadline) {
            return false;
        }
    }

    private Keys keys(Keys.SystemKey systemKey) {
        var opener = new KeyOpener(vault, uses::add, () -> USE, InstantSource.fixed(NOW));
        return new Keys(
                view, opener, systemKey, new Keys.Waiting(InstantSource.system(), Duration.ofMillis(10), catchUp));
    }

    private static AgentTask open() {
        return task().setDeadline(Instant.now().plusSeconds(60)).build();
    }
}
