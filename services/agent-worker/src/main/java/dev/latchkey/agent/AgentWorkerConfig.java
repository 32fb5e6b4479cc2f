package dev.latchkey.agent;

import dev.latchkey.agent.credentials.Keys.SystemKey;
import dev.latchkey.agent.kafka.TaskConsumer;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.vault.VaultSettings;
import java.time.Duration;

/**
 * Everything that an operator decides about the agent-worker.
 *
 * @param longestCall how long a provider is waited for, however late a task's deadline is
 * @param secret what the api shows
 */
record AgentWorkerConfig(
        HttpAddress http,
        KafkaSettings kafka,
        VaultSettings vault,
        ProviderUrls providers,
        AllowedOrigins allowedOrigins,
        SystemKey systemKey,
        CacheLimits cache,
        TaskConsumer.Limits limits,
        Duration longestCall,
        ServiceSecret secret) {
    private static final String TASKS = "LATCHKEY_AGENT_TASKS";
    private static final String PROVIDER_TASKS = "LATCHKEY_AGENT_PROVIDER_TASKS";
    private static final String LONGEST_CALL = "LATCHKEY_AGENT_LONGEST_CALL";
    private static final String SYSTEM_PROVIDER = "LATCHKEY_SYSTEM_PROVIDER";
    private static final String SYSTEM_API_KEY = "LATCHKEY_SYSTEM_API_KEY";

    AgentWorkerConfig {
        if (!longestCall.isPositive()) {
            throw new StartRefused("environment variable " + LONGEST_CALL + " must be above zero, not " + longestCall);
        }
    }

    static AgentWorkerConfig from(Settings settings) {
        return new AgentWorkerConfig(
                HttpAddress.from(settings, 8083),
                KafkaSettings.from(settings),
                VaultSettings.from(settings),
                ProviderUrls.from(settings),
                AllowedOrigins.from(settings),
                systemKey(settings),
                CacheLimits.from(settings),
                limits(settings),
                settings.duration(LONGEST_CALL, Duration.ofMinutes(2)),
                ServiceSecret.from(settings, "LATCHKEY_AGENT_SECRET"));
    }

    /** Refused without the value and without a cause that could quote it. */
    private static SystemKey systemKey(Settings settings) {
        var text = settings.optional(SYSTEM_API_KEY);
        if (text.isEmpty()) {
            return SystemKey.none();
        }
        var provider = settings.text(SYSTEM_PROVIDER);
        try {
            return new SystemKey(provider, new ApiKey(text.get()));
        } catch (IllegalArgumentException e) {
            throw new StartRefused("environment variable " + SYSTEM_API_KEY + " is no API key: " + e.getMessage());
        }
    }

    private static TaskConsumer.Limits limits(Settings settings) {
        int tasks = within(TaskConsumer.Limits.MOST_IN_FLIGHT, TASKS, settings.number(TASKS, 1_000));
        int ofOneProvider = within(tasks, PROVIDER_TASKS, settings.number(PROVIDER_TASKS, Math.max(1, tasks / 2)));
        return new TaskConsumer.Limits(
                tasks, ofOneProvider, settings.duration("LATCHKEY_AGENT_DRAIN", Duration.ofSeconds(5)));
    }

    private static int within(int most, String name, int number) {
        if (number < 1 || number > most) {
            throw new StartRefused("environment variable " + name + " must be from 1 to " + most + ", not " + number);
        }
        return number;
    }
}
