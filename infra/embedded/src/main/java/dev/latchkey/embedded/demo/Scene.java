package dev.latchkey.embedded.demo;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ProviderCalls;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.runtime.UuidSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/** Where the story plays, and who is in it. */
record Scene(Stack stack, UuidSource ids, Cast cast, Publisher publisher, ProviderCalls providerCalls)
        implements AutoCloseable {
    static Scene open(Stack stack, Map<String, String> environment) {
        var ids = new UuidSource(InstantSource.system(), new SecureRandom());
        return new Scene(
                stack,
                ids,
                Cast.join(stack, ids, environment),
                new Publisher(stack.kafka()),
                new ProviderCalls(stack.providerStandIn()));
    }

    @Override
    public void close() {
        publisher.close();
    }
}
