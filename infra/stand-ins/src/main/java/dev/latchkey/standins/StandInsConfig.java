package dev.latchkey.standins;

import dev.latchkey.runtime.Settings;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.standins.transit.Role;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the stand-ins are told by the environment.
 *
 * @param directory where the transit's keys are kept
 * @param issuerKey the file with the issuer's key, made when it is not there
 * @param tokens the transit's tokens that are given; it makes the others itself
 * @param secretIds with which identities can log in to the transit; the others can not
 */
record StandInsConfig(
        Listen transit,
        Listen providers,
        Listen issuer,
        Path directory,
        Path issuerKey,
        String transitKey,
        Map<Identity, String> tokens,
        Map<Identity, String> secretIds,
        Delays delays,
        String jwtIssuer,
        String jwtAudience) {
    private static final Map<Identity, String> TOKENS = Map.of(
            Identity.ROOT, "LATCHKEY_STANDINS_ROOT_TOKEN",
            Identity.API, "LATCHKEY_STANDINS_API_TOKEN",
            Identity.WORKER, "LATCHKEY_STANDINS_WORKER_TOKEN",
            Identity.PUBLISHER, "LATCHKEY_STANDINS_PUBLISHER_TOKEN",
            Identity.ROTATOR, "LATCHKEY_STANDINS_ROTATOR_TOKEN");
    private static final Map<Identity, String> SECRET_IDS = Map.of(
            Identity.API, "LATCHKEY_STANDINS_API_SECRET_ID",
            Identity.WORKER, "LATCHKEY_STANDINS_WORKER_SECRET_ID",
            Identity.PUBLISHER, "LATCHKEY_STANDINS_PUBLISHER_SECRET_ID",
            Identity.ROTATOR, "LATCHKEY_STANDINS_ROTATOR_SECRET_ID");

    StandInsConfig {
        tokens = Map.copyOf(tokens);
        secretIds = Map.copyOf(secretIds);
    }

    static StandInsConfig from(Settings settings) {
        var directory = Path.of(settings.text("LATCHKEY_STATE_DIR"));
        var host = settings.text("LATCHKEY_STANDINS_HOST", "127.0.0.1");
        return new StandInsConfig(
                new Listen(host, settings.number("LATCHKEY_STANDINS_TRANSIT_PORT", 8200)),
                new Listen(host, settings.number("LATCHKEY_STANDINS_PROVIDER_PORT", 8090)),
                new Listen(host, settings.number("LATCHKEY_STANDINS_ISSUER_PORT", 8300)),
                directory,
                settings.optional("LATCHKEY_STANDINS_ISSUER_KEY")
                        .map(Path::of)
                        .orElse(directory.resolve("issuer.json")),
                settings.text("LATCHKEY_TRANSIT_KEY", "latchkey"),
                secrets(settings, TOKENS),
                secrets(settings, SECRET_IDS),
                delays(settings),
                settings.text("LATCHKEY_JWT_ISSUER", "latchkey-dev"),
                settings.text("LATCHKEY_JWT_AUDIENCE", "latchkey"));
    }

    /** The transit's AppRoles. */
    List<Role> roles() {
        return secretIds.entrySet().stream()
                .map(secret -> Role.of(secret.getKey(), secret.getValue()))
                .toList();
    }

    private static Map<Identity, String> secrets(Settings settings, Map<Identity, String> names) {
        var secrets = new EnumMap<Identity, String>(Identity.class);
        names.forEach((identity, name) -> settings.optional(name).ifPresent(text -> secrets.put(identity, text)));
        return secrets;
    }

    private static Delays delays(Settings settings) {
        var usual = Delays.usual();
        return new Delays(
                settings.duration("LATCHKEY_STANDINS_SLOW", usual.late()),
                settings.duration("LATCHKEY_STANDINS_RETRY_AFTER", usual.retryAfter()));
    }
}
