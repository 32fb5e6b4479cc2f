package dev.latchkey.sealing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;

/** Seals fields of events under data keys; {@link SealedPayload} opens them. */
public final class PayloadSealer {
    /** A data key with the id that it is found by. */
    public record Under(UUID keyId, DataKey key) {}

    private final SecureRandom random;

    public PayloadSealer(SecureRandom random) {
        this.random = random;
    }

    public ByteBuffer seal(byte[] plaintext, Under under, SealedField field) {
        byte[] start = start(under.keyId());
        try {
            byte[] sealed = SealedPayload.cipher(Cipher.ENCRYPT_MODE, under.key(), field, start)
                    .doFinal(plaintext);
            return ByteBuffer.allocate(start.length + sealed.length)
                    .put(start)
                    .put(sealed)
                    .flip();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can not seal with AES-256-GCM", e);
        }
    }

    private byte[] start(UUID keyId) {
        byte[] nonce = new byte[SealedPayload.NONCE_BYTES];
        random.nextBytes(nonce);
        return ByteBuffer.allocate(SealedPayload.HEADER_BYTES + nonce.length)
                .put(SealedPayload.VERSION)
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits())
                .put(nonce)
                .array();
    }
}
