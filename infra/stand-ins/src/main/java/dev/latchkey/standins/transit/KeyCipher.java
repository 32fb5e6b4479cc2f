package dev.latchkey.standins.transit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/** AES-256-GCM under a key of the transit; for a derived key, under HKDF-SHA256 of it and the context. */
final class KeyCipher {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random;

    KeyCipher(SecureRandom random) {
        this.random = random;
    }

    String encrypt(TransitKey key, byte[] plaintext, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance(TRANSFORMATION);
            var secret = keyFor(key, key.version(key.latestVersion()), context);
            cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(plaintext);
            var bytes =
                    ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed);
            return new Ciphertext(key.latestVersion(), bytes.array()).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can not encrypt", e);
        }
    }

    byte[] decrypt(TransitKey key, String ciphertext, byte[] context) {
        var parsed = Ciphertext.parse(ciphertext);
        byte[] bytes = parsed.bytes();
        try {
            var secret = keyFor(key, key.opening(parsed.version()), context);
            if (bytes.length < NONCE_BYTES) {
                throw new Rejected("invalid ciphertext length");
            }
            var cipher = Cipher.getInstance(TRANSFORMATION);
            var nonce = new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES);
            cipher.init(Cipher.DECRYPT_MODE, secret, nonce);
            return cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new Rejected("cipher: message authentication failed");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can not decrypt", e);
        }
    }

    static String hmac(TransitKey key, byte[] input) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key.version(key.latestVersion()).hmacKey());
            return "vault:v" + key.latestVersion() + ":" + Base64.getEncoder().encodeToString(mac.doFinal(input));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can not make codes", e);
        }
    }

    private static SecretKey keyFor(TransitKey key, KeyVersion version, byte[] context)
            throws GeneralSecurityException {
        var secret = version.encryptionKey();
        if (!key.derived()) {
            return secret;
        }
        if (context.length == 0) {
            throw new Rejected("missing 'context' for key derivation; the key was created using a derived key, which"
                    + " means additional, per-request information must be included in order to perform operations"
                    + " with the key");
        }
        var parameters = HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(context, KEY_BYTES);
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    }
}
