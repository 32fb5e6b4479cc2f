package dev.latchkey.sealing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Stand-in for Vault in tests, in memory: its key is written below, so it protects nothing. Any instance opens what any other sealed. */
public final class FakeVault implements Sealer, Unsealer, DataKeyMaker, DataKeyOpener {
    /** The name that its keys carry. */
    public static final String KEY_ID = "fake";

    private static final String PREFIX = "fake:v1:";
    private static final byte[] EVERYBODY_KNOWS = "sixteen bytes...".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private volatile boolean away;

    /** From now on every call throws {@link VaultUnavailable}. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    @Override
    public SealedKey seal(ApiKey key, KeyOwner owner) {
        requirePresence();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = key.reveal(
                text -> encrypt(owner.sealable(text).getBytes(StandardCharsets.UTF_8), nonce, owner.context()));
        return new SealedKey(text(nonce, sealed), KEY_ID);
    }

    @Override
    public WrappedKey make(UUID userId) {
        requirePresence();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] dataKey = new byte[DataKey.BYTES];
        random.nextBytes(dataKey);
        return new WrappedKey(text(nonce, encrypt(dataKey, nonce, dataKeyOf(userId))), KEY_ID);
    }

    @Override
    public Unwrapped unwrap(WrappedKey key, UUID userId) {
        requirePresence();
        if (!key.encryptionKeyId().equals(KEY_ID)) {
            return Unwrapped.Refused.underAnotherMasterKey();
        }
        try {
            return new Unwrapped.Opened(new DataKey(decrypt(key.ciphertext(), dataKeyOf(userId))));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new Unwrapped.Refused("the data key does not open for this user");
        }
    }

    @Override
    public String fingerprint(SealedKey sealedKey) {
        requirePresence();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(EVERYBODY_KNOWS, "HmacSHA256"));
            byte[] code = mac.doFinal(sealedKey.ciphertext().getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Unsealed unseal(SealedKey key, KeyOwner owner) {
        requirePresence();
        if (!key.encryptionKeyId().equals(KEY_ID)) {
            return Unsealed.Refused.underAnotherMasterKey();
        }
        try {
            return owner.opened(new String(decrypt(key.ciphertext(), owner.context()), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new Unsealed.Refused("the sealed key does not open for this owner");
        }
    }

    private void requirePresence() {
        if (away) {
            throw new VaultUnavailable("the fake Vault was told to be away");
        }
    }

    /** No credential has this id, so that no sealed API key opens as a data key. */
    private static String dataKeyOf(UUID userId) {
        return KeyOwner.context(userId, new UUID(0, 0));
    }

    private static String text(byte[] nonce, byte[] sealed) {
        var bytes = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
        return PREFIX + Base64.getEncoder().encodeToString(bytes.array());
    }

    private static byte[] decrypt(String ciphertext, String context) throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(ciphertext.substring(PREFIX.length()));
        return cipher(Cipher.DECRYPT_MODE, bytes, context).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    }

    private static byte[] encrypt(byte[] plaintext, byte[] nonce, String context) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher cipher(int mode, byte[] nonceFirst, String context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var nonce = new GCMParameterSpec(TAG_BITS, nonceFirst, 0, NONCE_BYTES);
        cipher.init(mode, new SecretKeySpec(EVERYBODY_KNOWS, "AES"), nonce);
        cipher.updateAAD(context.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
