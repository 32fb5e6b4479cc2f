package dev.latchkey.sealing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider's API key in plain text. Never prints itself; whoever needs the text says so with {@link #reveal}.
 *
 * <p>Printable ASCII without spaces, 4096 characters at most: a key travels in an HTTP header.
 */
public final class ApiKey implements Secret<ApiKey> {
    private static final Pattern ALLOWED = Pattern.compile("[!-~]{1,4096}");
    private static final String KNOWN_PREFIX = "sk-";
    private static final int SHORTEST_WITH_VISIBLE_END = 12;
    private static final int VISIBLE_END = 4;

    private final byte[] characters;
    private boolean wiped;

    public ApiKey(String text) {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException("an API key is 1 to 4096 printable ASCII characters without spaces");
        }
        this.characters = text.getBytes(StandardCharsets.US_ASCII);
    }

    private ApiKey(byte[] characters) {
        this.characters = characters;
    }

    /** Hands the plain text to {@code use}, which must not keep it. Throws IllegalStateException once wiped. */
    public <T> T reveal(Function<String, T> use) {
        return use.apply(text());
    }

    /** The key as its owner may see it: {@code sk-...wxyz}. A key shorter than 12 characters shows none of itself. */
    public String masked() {
        var text = text();
        if (text.length() < SHORTEST_WITH_VISIBLE_END) {
            return "...";
        }
        var prefix = text.startsWith(KNOWN_PREFIX) ? KNOWN_PREFIX : "";
        return prefix + "..." + text.substring(text.length() - VISIBLE_END);
    }

    @Override
    public synchronized Optional<ApiKey> copy() {
        return wiped ? Optional.empty() : Optional.of(new ApiKey(characters.clone()));
    }

    @Override
    public synchronized void wipe() {
        Arrays.fill(characters, (byte) 0);
        wiped = true;
    }

    private synchronized String text() {
        if (wiped) {
            throw new IllegalStateException("the API key was wiped");
        }
        return new String(characters, StandardCharsets.US_ASCII);
    }

    /** Takes the same time wherever two keys differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKey key && MessageDigest.isEqual(characters, key.characters);
    }

    /** The length alone: a hash of the characters would tell something about them. */
    @Override
    public int hashCode() {
        return characters.length;
    }

    @Override
    public String toString() {
        return "ApiKey[redacted]";
    }
}
