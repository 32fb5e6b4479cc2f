package dev.latchkey.pnl;

import dev.latchkey.events.BookMethod;
import dev.latchkey.pnl.topology.PnlPolicy;
import dev.latchkey.pnl.topology.PriceSources;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.streams.StreamsSettings;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Everything that can be set about the pnl-worker.
 *
 * @param secret what other services show that ask on behalf of users
 */
record PnlConfig(
        HttpAddress http,
        StreamsSettings streams,
        VaultSettings vault,
        CacheLimits cache,
        PnlPolicy policy,
        ServiceSecret secret) {
    private static final String BOOK_METHOD = "LATCHKEY_BOOK_METHOD";
    private static final String PRICE_SOURCES = "LATCHKEY_PRICE_SOURCES";

    static PnlConfig from(Settings settings) {
        var http = HttpAddress.from(settings, 8084);
        return new PnlConfig(
                http,
                StreamsSettings.from(settings, "latchkey-pnl-worker", http.port()),
                VaultSettings.from(settings),
                CacheLimits.from(settings),
                policy(settings),
                ServiceSecret.from(settings, "LATCHKEY_PNL_SECRET"));
    }

    KafkaSettings kafka() {
        return streams.kafka();
    }

    private static PnlPolicy policy(Settings settings) {
        return new PnlPolicy(
                method(settings),
                positive(settings, "LATCHKEY_MARK_INTERVAL", Duration.ofMillis(500)),
                positive(settings, "LATCHKEY_MARK_STALENESS", Duration.ofMinutes(15)),
                sources(settings));
    }

    private static BookMethod method(Settings settings) {
        var name = settings.text(BOOK_METHOD, BookMethod.FIFO.name());
        return Stream.of(BookMethod.values())
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused(BOOK_METHOD, "must be FIFO or AVERAGE, not " + name));
    }

    private static Duration positive(Settings settings, String name, Duration fallback) {
        var duration = settings.duration(name, fallback);
        if (!duration.isPositive()) {
            throw refused(name, "must be longer than nothing, not " + settings.text(name));
        }
        return duration;
    }

    private static PriceSources sources(Settings settings) {
        try {
            return PriceSources.parse(settings.text(PRICE_SOURCES, ""));
        } catch (IllegalArgumentException e) {
            throw refused(PRICE_SOURCES, "does not fit: " + e.getMessage());
        }
    }

    private static StartRefused refused(String setting, String reason) {
        return new StartRefused("environment variable " + setting + " " + reason);
    }
}
