package dev.latchkey.sealing;

/** What became of a wrapped data key. */
public sealed interface Unwrapped {
    /** The key; whoever asked for it wipes it after use. */
    record Opened(DataKey key) implements Unwrapped {}

    /** The ciphertext does not open for this user. A service that may not open anything hears {@link VaultUnavailable}. */
    record Refused(String why) implements Unwrapped {
        /** For a data key that names another master key than this process opens with: Vault is not asked. */
        public static Refused underAnotherMasterKey() {
            return new Refused("the data key is wrapped under another master key");
        }
    }
}
