package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every pair of sealer and unsealer does, whatever is behind it. */
public interface SealingContract {
    ApiKey CANARY = new ApiKey("sk-canary-1f0c6b52d9-wxyz");
    KeyOwner OWNER = new KeyOwner(
            UUID.fromString("018f0000-0000-7000-8000-00000000000a"),
            UUID.fromString("018f0000-0000-7000-8000-00000000000b"),
            new Destination("openai-compatible", "https://models.example/v1"));

    Sealer sealer();

    Unsealer unsealer();

    /** From now on Vault does not answer. */
    void takeVaultAway();

    @Test
    default void opensForTheOwnerWhatItSealed() {
        var sealed = sealer().seal(CANARY, OWNER);

        var unsealed = unsealer().unseal(sealed, OWNER);

        assertThat(unsealed).isEqualTo(new Unsealed.Opened(CANARY));
    }

    @Test
    default void refusesAnotherUser() {
        var sealed = sealer().seal(CANARY, OWNER);

        var unsealed =
                unsealer().unseal(sealed, new KeyOwner(UUID.randomUUID(), OWNER.credentialId(), OWNER.destination()));

        assertThat(unsealed).isInstanceOf(Unsealed.Refused.class);
    }

    @Test
    default void refusesAnotherCredentialOfTheSameUser() {
        var sealed = sealer().seal(CANARY, OWNER);

        var unsealed = unsealer().unseal(sealed, new KeyOwner(OWNER.userId(), UUID.randomUUID(), OWNER.destination()));

        assertThat(unsealed).isInstanceOf(Unsealed.Refused.class);
    }

    @Test
    default void refusesUserAndCredentialInTheWrongOrder() {
        var sealed = sealer().seal(CANARY, OWNER);

        var swapped = new KeyOwner(
                /* userId= */ OWNER.credentialId(), /* credentialId= */ OWNER.userId(), OWNER.destination());
        var unsealed = unsealer().unseal(sealed, swapped);

        assertThat(unsealed).isInstanceOf(Unsealed.Refused.class);
    }

    /** Whoever can rewrite a credential or a task could have the key sent to a server of his own. */
    @ParameterizedTest
    @CsvSource({
        "openai-compatible, https://thief.example/v1",
        "openai-compatible, https://models.example/v1/",
        "openai-compatible,",
        "openai, https://models.example/v1",
        "openai,",
    })
    default void refusesAnotherDestination(String provider, @Nullable String baseUrl) {
        var sealed = sealer().seal(CANARY, OWNER);

        var elsewhere = new KeyOwner(OWNER.userId(), OWNER.credentialId(), new Destination(provider, baseUrl));
        var unsealed = unsealer().unseal(sealed, elsewhere);

        assertThat(unsealed).isInstanceOf(Unsealed.Refused.class);
    }

    @Test
    default void refusesACiphertextThatWasTamperedWith() {
        var sealed = sealer().seal(CANARY, OWNER);
        var ciphertext = sealed.ciphertext();
        int middle = ciphertext.length() / 2;
        char changed = ciphertext.charAt(middle) == 'A' ? 'B' : 'A';
        var tampered = ciphertext.substring(0, middle) + changed + ciphertext.substring(middle + 1);

        var unsealed = unsealer().unseal(new SealedKey(tampered, sealed.encryptionKeyId()), OWNER);

        assertThat(unsealed).isInstanceOf(Unsealed.Refused.class);
    }

    @Test
    default void refusesWhatWasNeverSealed() {
        var name = sealer().seal(CANARY, OWNER).encryptionKeyId();

        assertThat(unsealer().unseal(new SealedKey("hello", name), OWNER)).isInstanceOf(Unsealed.Refused.class);
        assertThat(unsealer().unseal(new SealedKey("vault:v1:AAAA", name), OWNER))
                .isInstanceOf(Unsealed.Refused.class);
    }

    /** It would open here: the name alone tells it apart from a key of another table, or of another environment. */
    @Test
    default void refusesAKeyThatNamesAnotherMasterKey() {
        var sealed = sealer().seal(CANARY, OWNER);

        var unsealed = unsealer().unseal(new SealedKey(sealed.ciphertext(), "another"), OWNER);

        assertThat(unsealed).isEqualTo(new Unsealed.Refused("the key is sealed under another master key"));
    }

    @Test
    default void sealsTheSameKeyDifferentlyEachTime() {
        var once = sealer().seal(CANARY, OWNER);
        var again = sealer().seal(CANARY, OWNER);

        assertThat(once.ciphertext()).isNotEqualTo(again.ciphertext());
    }

    @Test
    default void fingerprintsEqualCiphertextsEquallyAndOthersDifferently() {
        var once = sealer().seal(CANARY, OWNER);
        var again = sealer().seal(CANARY, OWNER);

        assertThat(sealer().fingerprint(once)).isEqualTo(sealer().fingerprint(once));
        assertThat(sealer().fingerprint(once)).isNotEqualTo(sealer().fingerprint(again));
    }

    @Test
    default void saysThatVaultIsAway() {
        var sealed = sealer().seal(CANARY, OWNER);

        takeVaultAway();

        assertThatThrownBy(() -> sealer().seal(CANARY, OWNER)).isInstanceOf(VaultUnavailable.class);
        assertThatThrownBy(() -> sealer().fingerprint(sealed)).isInstanceOf(VaultUnavailable.class);
        assertThatThrownBy(() -> unsealer().unseal(sealed, OWNER)).isInstanceOf(VaultUnavailable.class);
    }

    @Test
    default void neverPrintsTheKey() {
        var sealed = sealer().seal(CANARY, OWNER);
        var opened = unsealer().unseal(sealed, OWNER);
        var refused = unsealer().unseal(sealed, new KeyOwner(OWNER.userId(), UUID.randomUUID(), OWNER.destination()));

        takeVaultAway();
        var trace = new StringWriter();
        assertThatThrownBy(() -> sealer().seal(CANARY, OWNER))
                .satisfies(failure -> failure.printStackTrace(new PrintWriter(trace)));

        var printed = String.join("\n", sealed.toString(), opened.toString(), refused.toString(), trace.toString());
        CANARY.reveal(text -> assertThat(printed).doesNotContain(text));
    }
}
