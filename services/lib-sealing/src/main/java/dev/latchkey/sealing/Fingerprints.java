package dev.latchkey.sealing;

import java.util.List;

/** Tells many sealed keys apart at a time, as {@link Sealer#fingerprint} does one. */
@FunctionalInterface
public interface Fingerprints {
    /** In the order of the ciphertexts. Throws {@link VaultUnavailable} when Vault does not do its part. */
    List<String> of(List<String> ciphertexts);
}
