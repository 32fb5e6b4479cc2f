package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every pair of maker and opener of data keys does, whatever is behind it. */
public interface DataKeyContract {
    UUID USER = UUID.fromString("018f0000-0000-7000-8000-00000000000a");

    DataKeyMaker maker();

    DataKeyOpener opener();

    /** From now on Vault does not answer. */
    void takeVaultAway();

    @Test
    default void opensTheSameKeyForItsUserEveryTime() {
        var wrapped = maker().make(USER);

        var once = opener().unwrap(wrapped, USER);
        var again = opener().unwrap(wrapped, USER);

        assertThat(once).isInstanceOf(Unwrapped.Opened.class).isEqualTo(again);
    }

    @Test
    default void makesAnotherKeyEachTime() {
        var one = opener().unwrap(maker().make(USER), USER);
        var other = opener().unwrap(maker().make(USER), USER);

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    default void opensADataKeyForNoOtherUser() {
        var wrapped = maker().make(USER);

        assertThat(opener().unwrap(wrapped, UUID.randomUUID())).isInstanceOf(Unwrapped.Refused.class);
    }

    @Test
    default void opensNothingThatIsNoWrappedKey() {
        var hello = new WrappedKey("hello", maker().make(USER).encryptionKeyId());

        assertThat(opener().unwrap(hello, USER)).isInstanceOf(Unwrapped.Refused.class);
    }

    /** It would open here. */
    @Test
    default void opensNoDataKeyThatNamesAnotherMasterKey() {
        var wrapped = maker().make(USER);

        var unwrapped = opener().unwrap(new WrappedKey(wrapped.ciphertext(), "another"), USER);

        assertThat(unwrapped).isEqualTo(new Unwrapped.Refused("the data key is wrapped under another master key"));
    }

    @Test
    default void saysThatVaultIsAwayForDataKeys() {
        var wrapped = maker().make(USER);

        takeVaultAway();

        assertThatThrownBy(() -> maker().make(USER)).isInstanceOf(VaultUnavailable.class);
        assertThatThrownBy(() -> opener().unwrap(wrapped, USER)).isInstanceOf(VaultUnavailable.class);
    }
}
