package dev.latchkey.schemas.history;

import dev.latchkey.events.CredentialAudited;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The chain of hashes through a user's credential history: docs/audit-format.md describes it for everybody else. */
public final class AuditChain {
    private static final String HASH = "hash";

    private AuditChain() {}

    /** The entry as the one after that with the hash {@code previous}, which is null for a user's first. */
    public static CredentialAudited append(CredentialAudited entry, @Nullable String previous) {
        var linked =
                CredentialAudited.newBuilder(entry).setPreviousHash(previous).build();
        return CredentialAudited.newBuilder(linked).setHash(hash(linked)).build();
    }

    /** The hash that the entry has to have: over all of its fields but the hash itself. */
    public static String hash(CredentialAudited entry) {
        return HexFormat.of().formatHex(sha256().digest(canonical(entry).getBytes(StandardCharsets.UTF_8)));
    }

    /** The text that is hashed. */
    static String canonical(CredentialAudited entry) {
        return CanonicalJson.of(entry, HASH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
