package dev.latchkey.sealing;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key that one user's payloads are sealed under, in plain. Never prints itself. */
public final class DataKey implements Secret<DataKey> {
    static final int BYTES = 32;

    private final byte[] bytes;
    private boolean wiped;

    public DataKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a data key has " + BYTES + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    @Override
    public synchronized Optional<DataKey> copy() {
        return wiped ? Optional.empty() : Optional.of(new DataKey(bytes));
    }

    @Override
    public synchronized void wipe() {
        Arrays.fill(bytes, (byte) 0);
        wiped = true;
    }

    synchronized SecretKey secret() {
        if (wiped) {
            throw new IllegalStateException("the data key was wiped");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** Takes the same time wherever two keys differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DataKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    /** The same for all: a hash of the bytes would tell something about them. */
    @Override
    public int hashCode() {
        return BYTES;
    }

    @Override
    public String toString() {
        return "DataKey[redacted]";
    }
}
