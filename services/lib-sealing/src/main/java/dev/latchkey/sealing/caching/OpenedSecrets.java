package dev.latchkey.sealing.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalListener;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.latchkey.sealing.Secret;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers opened secrets, so that not every use needs Vault: for the very sealed key and the very owner only. A secret is
 * wiped when its time is over, counted from its opening, when too many others came, and when it is forgotten. Callers get
 * copies, which they wipe.
 */
public final class OpenedSecrets<O, K, S extends Secret<S>> {
    private record Opened<K, S>(K sealed, S secret) {
        /** Without both. */
        @Override
        public String toString() {
            return "Opened[redacted]";
        }
    }

    private final Cache<O, Opened<K, S>> cache;
    private final Forgettings forgettings = new Forgettings();

    public OpenedSecrets(CacheLimits limits) {
        this(limits, Ticker.systemTicker());
    }

    OpenedSecrets(CacheLimits limits, Ticker ticker) {
        RemovalListener<O, Opened<K, S>> wiping = (_, opened, _) -> wipe(opened);
        this.cache = Caffeine.newBuilder()
                .maximumSize(limits.entries())
                .expireAfterWrite(limits.ttl())
                .ticker(ticker)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener(wiping)
                .build();
    }

    /** A copy of the secret, if it is remembered for this sealed key. */
    public Optional<S> find(O owner, K sealed) {
        return Optional.ofNullable(cache.getIfPresent(owner))
                .filter(opened -> opened.sealed().equals(sealed))
                .flatMap(opened -> opened.secret().copy());
    }

    /** To be asked before Vault is, and given to {@link #remember}: so it is seen what was forgotten meanwhile. */
    public long mark(O owner) {
        return forgettings.of(owner);
    }

    /** Remembers a copy, unless something of the owner was forgotten since the mark. */
    public void remember(O owner, K sealed, S secret, long mark) {
        secret.copy().ifPresent(copy -> cache.put(owner, new Opened<>(sealed, copy)));
        if (forgettings.of(owner) != mark) {
            cache.invalidate(owner);
        }
    }

    /**
     * Wipes what is remembered of the owner, except for a sealed key that is still good. That one is not touched: to write
     * it again would prolong its time.
     */
    public void forget(O owner, Predicate<K> stillGood) {
        forgettings.add(owner);
        var opened = cache.getIfPresent(owner);
        if (opened != null && !stillGood.test(opened.sealed())) {
            cache.asMap().remove(owner, opened);
        }
    }

    /** How many secrets are remembered. */
    public long size() {
        return cache.estimatedSize();
    }

    /** The very secret that is remembered and will be wiped, for tests. */
    public S held(O owner) {
        return Objects.requireNonNull(cache.getIfPresent(owner)).secret();
    }

    private static void wipe(@Nullable Opened<?, ? extends Secret<?>> opened) {
        if (opened != null) {
            opened.secret().wipe();
        }
    }
}
