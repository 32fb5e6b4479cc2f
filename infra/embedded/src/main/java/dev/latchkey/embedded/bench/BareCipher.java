package dev.latchkey.embedded.bench;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM of the JDK with a key at hand, and nothing around it. */
final class BareCipher {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final GCMParameterSpec nonce;
    private final byte[] sealed;

    private BareCipher(SecretKeySpec key, GCMParameterSpec nonce, byte[] sealed) {
        this.key = key;
        this.nonce = nonce;
        this.sealed = sealed;
    }

    static BareCipher sealing(byte[] plaintext) throws GeneralSecurityException {
        var random = new SecureRandom();
        byte[] bytes = new byte[KEY_BYTES + NONCE_BYTES];
        random.nextBytes(bytes);
        var key = new SecretKeySpec(bytes, 0, KEY_BYTES, "AES");
        var nonce = new GCMParameterSpec(TAG_BITS, Arrays.copyOfRange(bytes, KEY_BYTES, bytes.length));
        var cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(Cipher.ENCRYPT_MODE, key, nonce);
        return new BareCipher(key, nonce, cipher.doFinal(plaintext));
    }

    /** Opens what was sealed, and says how long it is. */
    int open() {
        try {
            var cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(Cipher.DECRYPT_MODE, key, nonce);
            return cipher.doFinal(sealed).length;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was just sealed does not open", e);
        }
    }
}
