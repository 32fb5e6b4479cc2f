package dev.latchkey.api;

import dev.latchkey.api.credentials.Catalogue;
import dev.latchkey.api.credentials.Quotas;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.vault.VaultSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Everything that an operator decides about the api. */
record ApiConfig(
        HttpAddress http,
        DatabaseSettings database,
        KafkaSettings kafka,
        VaultSettings vault,
        ProviderUrls providers,
        Catalogue catalogue,
        Map<Quotas.Kind, Integer> perHour,
        Duration runMemory,
        int followers,
        URI router,
        URI pnl,
        URI agent,
        ServiceSecret agentSecret) {
    private static final String FOLLOWERS = "LATCHKEY_RUN_FOLLOWERS";

    ApiConfig {
        perHour = Map.copyOf(perHour);
    }

    static ApiConfig from(Settings settings) {
        return new ApiConfig(
                HttpAddress.from(settings, 8080),
                DatabaseSettings.from(settings),
                KafkaSettings.from(settings),
                VaultSettings.from(settings),
                ProviderUrls.from(settings),
                new Catalogue(defaultModels(settings), AllowedOrigins.from(settings)),
                perHour(settings),
                settings.duration("LATCHKEY_RUN_MEMORY", Duration.ofDays(7)),
                followers(settings),
                settings.uri("LATCHKEY_ROUTER_URL", URI.create("http://localhost:8082")),
                settings.uri("LATCHKEY_PNL_URL", URI.create("http://localhost:8084")),
                settings.uri("LATCHKEY_AGENT_URL", URI.create("http://localhost:8083")),
                ServiceSecret.from(settings, "LATCHKEY_AGENT_SECRET"));
    }

    private static int followers(Settings settings) {
        int followers = settings.number(FOLLOWERS, 200);
        if (followers < 1) {
            throw new StartRefused("environment variable " + FOLLOWERS + " must be 1 or more, not " + followers);
        }
        return followers;
    }

    private static Map<Provider, String> defaultModels(Settings settings) {
        return Map.of(
                Provider.OPENAI, settings.text("LATCHKEY_OPENAI_MODEL", "gpt-4o-mini"),
                Provider.GOOGLE, settings.text("LATCHKEY_GEMINI_MODEL", "gemini-1.5-flash"),
                Provider.ANTHROPIC, settings.text("LATCHKEY_ANTHROPIC_MODEL", "claude-3-sonnet-20240229"));
    }

    private static Map<Quotas.Kind, Integer> perHour(Settings settings) {
        int writes = quota(settings, "LATCHKEY_WRITES_PER_HOUR", 10);
        int prompts = quota(settings, "LATCHKEY_PROMPTS_PER_HOUR", 600);
        return Map.of(
                Quotas.Kind.WRITE, writes,
                Quotas.Kind.DELETION, writes,
                Quotas.Kind.VALIDATION, quota(settings, "LATCHKEY_VALIDATIONS_PER_HOUR", 20),
                Quotas.Kind.READ, quota(settings, "LATCHKEY_READS_PER_HOUR", 50),
                Quotas.Kind.PROMPT, prompts,
                Quotas.Kind.RUN_ORDER, prompts);
    }

    private static int quota(Settings settings, String name, int fallback) {
        int quota = settings.number(name, fallback);
        if (quota < 1) {
            throw new StartRefused("environment variable " + name + " must be 1 or more, not " + quota);
        }
        return quota;
    }
}
