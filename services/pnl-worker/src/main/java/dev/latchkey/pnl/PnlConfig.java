package dev.latchkey.pnl;

import dev.latchkey.events.BookMethod;
import dev.latchkey.pnl.topology.PnlPolicy;
import dev.latchkey.pnl.topology.PriceSources;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.streams.StreamsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Everything that can be set about the pnl-worker. */
record PnlConfig(KafkaSettings kafka, int httpPort, Path stateDir, URI advertisedUrl, PnlPolicy policy) {
    static final String APPLICATION_ID = "latchkey-pnl-worker";
    private static final String ADVERTISED_URL = "LATCHKEY_ADVERTISED_URL";

    PnlConfig {
        if (advertisedUrl.getPort() < 0) {
            throw new StartRefused(
                    "environment variable " + ADVERTISED_URL + " must name a port, not " + advertisedUrl);
        }
    }

    static PnlConfig from(Settings settings) {
        int port = settings.number("LATCHKEY_HTTP_PORT", 8084);
        return new PnlConfig(
                KafkaSettings.from(settings),
                port,
                Path.of(settings.text("LATCHKEY_STATE_DIR", "state")),
                settings.uri(ADVERTISED_URL, URI.create("http://localhost:" + port)),
                policy(settings));
    }

    StreamsSettings streams() {
        return new StreamsSettings(APPLICATION_ID, kafka, stateDir, advertisedUrl);
    }

    private static PnlPolicy policy(Settings settings) {
        var method = settings.text("LATCHKEY_BOOK_METHOD", BookMethod.FIFO.name());
        var sources = settings.text("LATCHKEY_PRICE_SOURCES", "");
        return valid(
                "LATCHKEY_MARK_* do not fit",
                () -> new PnlPolicy(
                        valid("LATCHKEY_BOOK_METHOD must be FIFO or AVERAGE", () -> BookMethod.valueOf(method)),
                        settings.duration("LATCHKEY_MARK_INTERVAL", Duration.ofMillis(500)),
                        settings.duration("LATCHKEY_MARK_STALENESS", Duration.ofMinutes(15)),
                        valid("LATCHKEY_PRICE_SOURCES does not fit", () -> PriceSources.parse(sources))));
    }

    private static <T> T valid(String rule, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new StartRefused("environment variable " + rule + ": " + e.getMessage(), e);
        }
    }
}
