package dev.latchkey.standins.transit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that logins gave. They are forgotten when the process ends. */
final class Tokens {
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final InstantSource clock;

    /** A token that is good until its lease ends. */
    record Token(Identity identity, Lease lease, Instant issuedAt, Instant renewedAt) {
        static Token forEver(Identity identity) {
            return new Token(identity, Lease.FOR_EVER, Instant.EPOCH, Instant.EPOCH);
        }

        Instant end() {
            return lease.end(issuedAt, renewedAt);
        }

        boolean isRenewable() {
            return !lease.equals(Lease.FOR_EVER);
        }

        /** Whole seconds, as Vault counts them; zero when it lives for ever. */
        long secondsLeft(Instant now) {
            return isRenewable() ? Duration.between(now, end()).toSeconds() : 0;
        }
    }

    Tokens(InstantSource clock) {
        this.clock = clock;
    }

    String issue(Role role) {
        var now = clock.instant();
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var text = "dev.login." + HexFormat.of().formatHex(bytes);
        tokens.put(text, new Token(role.identity(), role.lease(), now, now));
        return text;
    }

    Optional<Token> find(String text) {
        return Optional.ofNullable(tokens.get(text))
                .filter(token -> clock.instant().isBefore(token.end()));
    }

    Optional<Token> renew(String text) {
        return find(text).map(token -> {
            var renewed = new Token(token.identity(), token.lease(), token.issuedAt(), clock.instant());
            tokens.put(text, renewed);
            return renewed;
        });
    }

    void revokeAll() {
        tokens.clear();
    }
}
