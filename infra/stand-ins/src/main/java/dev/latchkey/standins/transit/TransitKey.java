package dev.latchkey.standins.transit;

import java.util.List;
import java.util.stream.Stream;

/**
 * A named key with all its versions, the oldest first; version numbers start at 1.
 *
 * @param derived whether every context has a key of its own
 * @param minDecryptionVersion the oldest version that still opens
 */
record TransitKey(String name, boolean derived, List<KeyVersion> versions, int minDecryptionVersion) {
    TransitKey {
        versions = List.copyOf(versions);
        minDecryptionVersion = Math.max(1, minDecryptionVersion);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one version; " + name + " has none");
        }
    }

    int latestVersion() {
        return versions.size();
    }

    KeyVersion version(int number) {
        if (number < 1 || number > versions.size()) {
            throw new Rejected("invalid ciphertext: version is too new");
        }
        return versions.get(number - 1);
    }

    TransitKey rotated(KeyVersion next) {
        return new TransitKey(
                name, derived, Stream.concat(versions.stream(), Stream.of(next)).toList(), minDecryptionVersion);
    }

    TransitKey openingFrom(int version) {
        if (version < 0) {
            throw new Rejected("min decryption version cannot be negative");
        }
        if (version > latestVersion()) {
            throw new Rejected(
                    "cannot set min decryption version of " + version + ", latest key version is " + latestVersion());
        }
        return new TransitKey(name, derived, versions, version);
    }

    /** The version that opens what it sealed. */
    KeyVersion opening(int number) {
        if (number >= 1 && number < minDecryptionVersion) {
            throw new Rejected("ciphertext or signature version is disallowed by policy (too old)");
        }
        return version(number);
    }
}
