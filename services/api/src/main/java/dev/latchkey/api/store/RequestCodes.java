package dev.latchkey.api.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes that stand for requests in the database. They are made with a secret that is not there: whoever reads the table
 * can not try out which key or prompt a request had.
 */
public final class RequestCodes {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    public RequestCodes(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    byte[] ofKey(String idempotencyKey) {
        return code("key", idempotencyKey.getBytes(StandardCharsets.UTF_8));
    }

    byte[] ofBody(byte[] body) {
        return code("body", body);
    }

    /** A new code machine every time: one that is kept would keep the end of what it read. */
    private byte[] code(String kind, byte[] content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(kind.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can not make codes", e);
        }
    }
}
