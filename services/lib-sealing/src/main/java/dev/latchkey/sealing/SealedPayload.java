package dev.latchkey.sealing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Sealed bytes: one byte that says 1, 16 of the data key's id, 12 of nonce, and what AES-256-GCM makes of the plaintext, its
 * tag at the end. The first 17 are authenticated with the field. docs/sealed-payloads.md tells it to other languages.
 */
public final class SealedPayload {
    static final byte VERSION = 1;
    static final int HEADER_BYTES = 1 + 2 * Long.BYTES;
    static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int LEAST_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

    private final byte[] bytes;

    private SealedPayload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Empty for bytes that are no sealed payload of this version. */
    public static Optional<SealedPayload> parse(ByteBuffer buffer) {
        if (buffer.remaining() < LEAST_BYTES || buffer.get(buffer.position()) != VERSION) {
            return Optional.empty();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Optional.of(new SealedPayload(bytes));
    }

    /** Which data key it was sealed under, by its sealer's word: true once it has opened. */
    public UUID keyId() {
        var header = ByteBuffer.wrap(bytes).position(1);
        return new UUID(header.getLong(), header.getLong());
    }

    /** The plaintext; empty when it was sealed for another field or under another key, or was changed since. */
    public Optional<byte[]> open(DataKey key, SealedField field) {
        int start = HEADER_BYTES + NONCE_BYTES;
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key, field, bytes);
            return Optional.of(cipher.doFinal(bytes, start, bytes.length - start));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can not open AES-256-GCM", e);
        }
    }

    /** @param start header and nonce, and whatever follows */
    static Cipher cipher(int mode, DataKey key, SealedField field, byte[] start) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, start, HEADER_BYTES, NONCE_BYTES));
        cipher.updateAAD(start, 0, HEADER_BYTES);
        cipher.updateAAD(field.binding());
        return cipher;
    }
}
