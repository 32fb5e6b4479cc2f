package dev.latchkey.router;

import dev.latchkey.router.runs.Room;
import dev.latchkey.router.runs.RunPolicy;
import dev.latchkey.router.runs.SystemModel;
import dev.latchkey.router.usage.PriceList;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.streams.StreamsSettings;
import java.util.Optional;

/** Everything that can be set about the router. */
record RouterConfig(HttpAddress http, StreamsSettings streams, RunPolicy policy, PriceList prices) {
    private static final String SYSTEM_PROVIDER = "LATCHKEY_SYSTEM_PROVIDER";
    private static final String SYSTEM_MODEL = "LATCHKEY_SYSTEM_MODEL";

    static RouterConfig from(Settings settings) {
        var http = HttpAddress.from(settings, 8082);
        return new RouterConfig(
                http,
                StreamsSettings.from(settings, "latchkey-router", http.port()),
                policy(settings),
                Prices.from(settings));
    }

    KafkaSettings kafka() {
        return streams.kafka();
    }

    private static RunPolicy policy(Settings settings) {
        var usual = RunPolicy.usual();
        try {
            return new RunPolicy(
                    settings.duration("LATCHKEY_RUN_DEADLINE", usual.deadline()),
                    settings.duration("LATCHKEY_RUN_GRACE", usual.grace()),
                    settings.duration("LATCHKEY_RUN_MEMORY", usual.memory()),
                    settings.number("LATCHKEY_RUN_ATTEMPTS", usual.attempts()),
                    systemModel(settings),
                    room(settings));
        } catch (IllegalArgumentException e) {
            throw new StartRefused("environment variables LATCHKEY_RUN_* do not fit: " + e.getMessage(), e);
        }
    }

    private static Room room(Settings settings) {
        var usual = Room.usual();
        int userTasks = settings.number("LATCHKEY_USER_TASKS", usual.userTasks());
        int credentialTasks = settings.number("LATCHKEY_CREDENTIAL_TASKS", usual.credentialTasks());
        int userQueue = settings.number("LATCHKEY_USER_QUEUE", usual.userQueue());
        try {
            return new Room(userTasks, credentialTasks, userQueue);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "environment variables LATCHKEY_USER_TASKS, LATCHKEY_CREDENTIAL_TASKS and LATCHKEY_USER_QUEUE"
                            + " do not fit: " + e.getMessage(),
                    e);
        }
    }

    private static Optional<SystemModel> systemModel(Settings settings) {
        var provider = settings.optional(SYSTEM_PROVIDER);
        var model = settings.optional(SYSTEM_MODEL);
        if (provider.isPresent() != model.isPresent()) {
            throw new StartRefused("environment variables " + SYSTEM_PROVIDER + " and " + SYSTEM_MODEL
                    + " must be set both or neither");
        }
        return provider.flatMap(name -> model.map(modelName -> new SystemModel(name, modelName)));
    }
}
