package dev.latchkey.sealing.vault;

import static dev.latchkey.sealing.SealingContract.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.VaultUnavailable;
import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultLogin.FixedToken;
import dev.latchkey.sealing.vault.VaultLogin.SecretId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a session renews its token, when it logs in again, and when it does not. */
final class TokenLifeTest {
    private static final AppRole ROLE = new AppRole("role", new SecretId.Text("secret"));
    private static final long A_THIRD = TokenVault.LEASE / 3;

    @TempDir
    private Path directory;

    private final TokenVault vault = TokenVault.start();

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void renewsATokenWhenAThirdOfItsLeaseIsLeft() {
        var session = opened(ROLE);

        vault.leave(A_THIRD + 1);
        assertThat(session.look()).isTrue();
        assertThat(vault.asked()).containsExactly("look-up");

        vault.leave(A_THIRD);
        assertThat(session.look()).isTrue();
        assertThat(session.look()).isTrue();
        assertThat(vault.asked()).containsExactly("look-up", "renewal", "look-up");
        assertThat(session.token()).isEqualTo("token-1");
    }

    @Test
    void logsInAgainWhenARenewalMeetsTheLongestLifeOfTheToken() {
        var session = opened(ROLE);
        vault.leave(A_THIRD);
        vault.renewFor(A_THIRD);

        assertThat(session.look()).isTrue();

        assertThat(vault.asked()).containsExactly("look-up", "renewal", "login", "look-up");
        assertThat(session.token()).isEqualTo("token-2");
    }

    @Test
    void keepsAnEndingTokenForAsLongAsItLivesWhenNoLoginWorks() {
        var session = opened(ROLE);
        vault.leave(A_THIRD);
        vault.renewFor(A_THIRD);
        vault.takeOnly("another");

        assertThat(session.look()).isTrue();
        assertThat(session.look()).isTrue();

        assertThat(vault.asked()).containsExactly("look-up", "renewal", "login", "look-up");
        assertThat(session.token()).isEqualTo("token-1");
    }

    @Test
    void logsInAgainWhenALookFindsThatVaultForgotTheToken() {
        var session = opened(ROLE);
        vault.forgetTheToken();

        assertThat(session.look()).isTrue();

        assertThat(vault.asked()).containsExactly("look-up", "login", "look-up");
        assertThat(session.token()).isEqualTo("token-2");
    }

    @Test
    void logsInAgainAtOnceWhenItsWorkIsRefusedBecauseVaultForgotTheToken() {
        var session = opened(ROLE);
        vault.forgetTheToken();

        assertThat(session.insteadOf("token-1")).contains("token-2");
        assertThat(session.insteadOf("token-1")).contains("token-2");

        assertThat(vault.asked()).containsExactly("look-up", "login", "look-up");
    }

    @Test
    void doesNotLogInOverWorkThatAPolicyForbids() {
        var unsealer = new VaultUnsealer(opened(ROLE));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> unsealer.unseal(new SealedKey("vault:v1:AAAA", "latchkey"), OWNER));
        }

        assertThat(vault.asked()).containsExactly("work", "look-up", "work", "look-up", "work", "look-up");
    }

    @Test
    void waitsAfterALoginThatWasRefused() {
        var session = opened(ROLE);
        vault.takeOnly("another");
        vault.forgetTheToken();

        for (int i = 0; i < 15; i++) {
            assertThat(session.look()).isFalse();
            assertThat(session.insteadOf("token-1")).isEmpty();
        }
        assertThat(vault.asked()).containsOnlyOnce("login");

        vault.takeOnly("secret");
        assertThat(session.look()).isTrue();
        assertThat(session.token()).isEqualTo("token-2");
    }

    /** Such a token looks like one that Vault does not know: without a pause every look would make another. */
    @Test
    void makesNoNewTokenAtEveryLookWhenPoliciesForbidLookingThemUp() {
        var session = opened(ROLE);
        vault.allowNoLookUp();

        for (int i = 0; i < 15; i++) {
            assertThat(session.look()).isFalse();
        }

        assertThat(vault.asked()).containsOnlyOnce("login");
    }

    @Test
    void refusesToStartWithARoleThatMayNotLookUpItsToken() {
        vault.allowNoLookUp();

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> vault.open(ROLE))
                .withMessageEndingWith(
                        "(LATCHKEY_VAULT_ADDR) does not let the role in LATCHKEY_VAULT_ROLE_ID look up its"
                                + " own token: see infra/vault/policies");
    }

    @Test
    void readsTheFileOfTheSecretIdAtEveryLogin() throws IOException {
        var file = Files.writeString(directory.resolve("secret-id"), "secret\n");
        var session = opened(new AppRole("role", new SecretId.InFile(file)));

        Files.writeString(file, "another\n");
        vault.takeOnly("another");
        vault.forgetTheToken();

        assertThat(session.look()).isTrue();
        assertThat(session.token()).isEqualTo("token-2");
    }

    @Test
    void saysThatVaultDoesNotWorkWhileTheFileOfTheSecretIdIsGone() throws IOException {
        var file = Files.writeString(directory.resolve("secret-id"), "secret\n");
        var session = opened(new AppRole("role", new SecretId.InFile(file)));

        Files.delete(file);
        vault.forgetTheToken();
        assertThat(session.look()).isFalse();

        Files.writeString(file, "secret\n");
        assertThat(session.look()).isTrue();
    }

    @Test
    void renewsAFixedTokenAndDoesNotAskAgainAtOnceWhenThatGivesLittle() {
        vault.makeKnown("given");
        var session = opened(new FixedToken("given"));
        vault.leave(A_THIRD);
        vault.renewFor(A_THIRD);

        assertThat(session.look()).isTrue();
        assertThat(session.look()).isTrue();

        assertThat(vault.asked()).containsExactly("look-up", "renewal", "look-up");
    }

    @Test
    void hasNothingInsteadOfAFixedTokenThatVaultForgot() {
        vault.makeKnown("given");
        var session = opened(new FixedToken("given"));
        vault.forgetTheToken();

        assertThat(session.look()).isFalse();
        assertThat(session.insteadOf("given")).isEmpty();

        assertThat(vault.asked()).containsExactly("look-up");
    }

    private VaultSession opened(VaultLogin login) {
        var session = vault.open(login);
        vault.asked();
        return session;
    }
}
