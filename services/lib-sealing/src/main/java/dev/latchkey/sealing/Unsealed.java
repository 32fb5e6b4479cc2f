package dev.latchkey.sealing;

/** What became of a sealed key. */
public sealed interface Unsealed {
    /** The key; whoever asked for it wipes it after use. */
    record Opened(ApiKey key) implements Unsealed {}

    /** The ciphertext does not open for this owner. A service that may not open anything hears {@link VaultUnavailable}. */
    record Refused(String why) implements Unsealed {
        /** For a key that names another master key than this process opens with: Vault is not asked. */
        public static Refused underAnotherMasterKey() {
            return new Refused("the key is sealed under another master key");
        }
    }
}
