package dev.latchkey.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a stack runs on this machine.
 *
 * @param data where everything is kept
 * @param issuerKey file with the key of the token issuer, made when it is not there
 * @param environment the environment of the person who starts it: LATCHKEY_* settings are passed on to the services
 */
public record StackSettings(
        Distribution distribution, Ports ports, Path data, Path issuerKey, Map<String, String> environment) {
    public StackSettings {
        environment = Map.copyOf(environment);
    }
}
