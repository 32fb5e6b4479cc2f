package dev.latchkey.acceptance;

import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.StackSettings;
import dev.latchkey.embedded.WorkingDirectory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests one and the same running stack, which is started when the first of them asks for it. */
final class OneStack implements ParameterResolver {
    /** How long its workers remember an opened key: shorter than usual, for a test waits for the end of it. */
    static final Duration UNSEAL_CACHE = Duration.ofSeconds(20);

    private static final Namespace NAMESPACE = Namespace.create(OneStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Stack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(NAMESPACE);
        return store.computeIfAbsent(Stack.class, _ -> Started.now(), Started.class)
                .stack();
    }

    private record Started(Stack stack, WorkingDirectory directory) implements AutoCloseable {
        static Started now() {
            var directory = WorkingDirectory.temporary();
            var settings = new StackSettings(
                    Checkout.distribution(),
                    Ports.free(),
                    directory.path(),
                    directory.path().resolve("issuer.json"),
                    Map.of(
                            "LATCHKEY_STANDINS_ROOT_TOKEN",
                            VaultOperator.ROOT_TOKEN,
                            "LATCHKEY_UNSEAL_CACHE_TTL",
                            UNSEAL_CACHE.toSeconds() + "s"));
            return new Started(Stack.start(settings, Progress.silent()), directory);
        }

        @Override
        public void close() {
            stack.close();
            directory.close();
        }
    }
}
