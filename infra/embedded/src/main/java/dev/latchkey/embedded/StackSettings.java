package dev.latchkey.embedded;

import dev.latchkey.embedded.process.Sizing;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a stack runs on this machine.
 *
 * @param data where everything is kept
 * @param issuerKey file with the key of the token issuer, made when it is not there
 * @param environment the environment of the person who starts it: LATCHKEY_* settings are passed on to the services
 * @param sizing of the broker and the services
 */
public record StackSettings(
        Distribution distribution,
        Ports ports,
        Path data,
        Path issuerKey,
        Map<String, String> environment,
        Sizing sizing) {
    public StackSettings {
        environment = Map.copyOf(environment);
    }

    /** Of a stack that shares its machine with whoever uses it. */
    public StackSettings(
            Distribution distribution, Ports ports, Path data, Path issuerKey, Map<String, String> environment) {
        this(distribution, ports, data, issuerKey, environment, Sizing.SHARED);
    }
}
