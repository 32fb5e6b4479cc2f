package dev.latchkey.standins.transit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One version of a key.
 *
 * @param material 256 random bits that encrypt, or that keys are derived from; base64
 * @param hmacMaterial 256 random bits for codes; base64
 */
record KeyVersion(String material, String hmacMaterial, Instant createdAt) {
    private static final int BYTES = 32;

    static KeyVersion random(SecureRandom random, Instant now) {
        return new KeyVersion(randomMaterial(random), randomMaterial(random), now);
    }

    SecretKey encryptionKey() {
        return new SecretKeySpec(Base64.getDecoder().decode(material), "AES");
    }

    SecretKey hmacKey() {
        return new SecretKeySpec(Base64.getDecoder().decode(hmacMaterial), "HmacSHA256");
    }

    private static String randomMaterial(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Without the material. */
    @Override
    public String toString() {
        return "KeyVersion[createdAt=" + createdAt + "]";
    }
}
