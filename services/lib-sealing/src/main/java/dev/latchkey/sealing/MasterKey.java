package dev.latchkey.sealing;

import java.util.List;

/**
 * A key under which keys are sealed, those of a kind under one, in the hands of whoever rotates it: never is a plaintext
 * seen. Every method throws {@link VaultUnavailable} when Vault does not do its part.
 */
public interface MasterKey {
    /**
     * The master key's versions: 1, 2, 3.
     *
     * @param newest the one that seals
     * @param oldest the oldest one that still opens
     */
    record Versions(int newest, int oldest) {
        public Versions {
            if (oldest < 1 || newest < oldest) {
                throw new IllegalArgumentException("1 <= oldest <= newest, not " + oldest + " and " + newest);
            }
        }
    }

    /**
     * A key that was sealed.
     *
     * @param context what ties it to whom it was sealed for: {@link KeyOwner#context} or {@link WrappedKey#context}
     */
    record Sealed(String ciphertext, String context) {}

    /** The name that keys sealed under it carry. */
    String name();

    Versions versions();

    /** Makes a version that seals from now on. Older ones go on opening what they sealed. */
    void rotate();

    /** What became of each key, in their order, when all were sealed anew under the newest version. */
    List<Rewrapped> rewrap(List<Sealed> keys);

    /** From now on nothing opens that an older version sealed. */
    void refuseBelow(int version);
}
