package dev.latchkey.standins;

import dev.latchkey.runtime.Settings;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.transit.Identity;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the stand-ins are told by the environment.
 *
 * @param directory where the transit's keys and the issuer's key are kept
 * @param tokens the transit's tokens that are given; it makes the others itself
 */
record StandInsConfig(
        Listen transit,
        Listen providers,
        Listen issuer,
        Path directory,
        String transitKey,
        Map<Identity, String> tokens,
        Delays delays,
        String jwtIssuer,
        String jwtAudience) {
    StandInsConfig {
        tokens = Map.copyOf(tokens);
    }

    static StandInsConfig from(Settings settings) {
        var host = settings.text("LATCHKEY_STANDINS_HOST", "127.0.0.1");
        return new StandInsConfig(
                new Listen(host, settings.number("LATCHKEY_STANDINS_TRANSIT_PORT", 8200)),
                new Listen(host, settings.number("LATCHKEY_STANDINS_PROVIDER_PORT", 8090)),
                new Listen(host, settings.number("LATCHKEY_STANDINS_ISSUER_PORT", 8300)),
                Path.of(settings.text("LATCHKEY_STATE_DIR")),
                settings.text("LATCHKEY_TRANSIT_KEY", "latchkey"),
                tokens(settings),
                delays(settings),
                settings.text("LATCHKEY_JWT_ISSUER", "latchkey-dev"),
                settings.text("LATCHKEY_JWT_AUDIENCE", "latchkey"));
    }

    private static Map<Identity, String> tokens(Settings settings) {
        var tokens = new EnumMap<Identity, String>(Identity.class);
        for (var identity : Identity.values()) {
            settings.optional("LATCHKEY_STANDINS_" + identity + "_TOKEN")
                    .ifPresent(token -> tokens.put(identity, token));
        }
        return tokens;
    }

    private static Delays delays(Settings settings) {
        var usual = Delays.usual();
        return new Delays(
                settings.duration("LATCHKEY_STANDINS_SLOW", usual.late()),
                settings.duration("LATCHKEY_STANDINS_RETRY_AFTER", usual.retryAfter()));
    }
}
