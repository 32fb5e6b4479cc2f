package dev.latchkey.standins.transit;

import java.util.List;
import java.util.stream.Stream;

/**
 * A named key with all its versions, the oldest first; version numbers start at 1.
 *
 * @param derived whether every context has a key of its own
 */
record TransitKey(String name, boolean derived, List<KeyVersion> versions) {
    TransitKey {
        versions = List.copyOf(versions);
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
                name, derived, Stream.concat(versions.stream(), Stream.of(next)).toList());
    }
}
