package dev.latchkey.agent;

import dev.latchkey.agent.credentials.Keys.SystemKey;
import dev.latchkey.agent.figures.HttpFigures;
import dev.latchkey.agent.kafka.TaskConsumer;
import dev.latchkey.agent.tools.Pnl;
import dev.latchkey.agent.tools.Positions;
import dev.latchkey.agent.tools.Price;
import dev.latchkey.agent.tools.ProposeOrder;
import dev.latchkey.agents.Agent;
import dev.latchkey.agents.Agents;
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
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything that an operator decides about the agent-worker.
 *
 * @param figures where tools get figures, and what is shown there
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
        ServiceSecret secret,
        Agents agents,
        HttpFigures.Source figures) {
    private static final SortedSet<String> TOOLS =
            new TreeSet<>(Set.of(Positions.NAME, Pnl.NAME, Price.NAME, ProposeOrder.NAME));
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
                ServiceSecret.from(settings, "LATCHKEY_AGENT_SECRET"),
                agents(settings),
                new HttpFigures.Source(
                        settings.uri("LATCHKEY_PNL_URL", URI.create("http://localhost:8084")),
                        ServiceSecret.from(settings, "LATCHKEY_PNL_SECRET")));
    }

    private static Agents agents(Settings settings) {
        var agents = Agents.from(settings);
        agents.byName().values().forEach(AgentWorkerConfig::requireTools);
        return agents;
    }

    private static void requireTools(Agent agent) {
        var missing = new TreeSet<>(agent.tools());
        missing.removeAll(TOOLS);
        if (!missing.isEmpty()) {
            throw new StartRefused("the agent " + agent.name() + " names tools that there are not: "
                    + String.join(", ", missing) + "; there are " + String.join(", ", TOOLS));
        }
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
