package dev.latchkey.embedded.demo;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.runtime.UuidSource;
import java.util.UUID;

/** Somebody in the story. */
record Person(String name, UUID id, ApiClient api) {
    static Person join(String name, UuidSource ids, Stack stack) {
        var id = ids.next();
        return new Person(name, id, new ApiClient(stack.api(), stack.token(id)));
    }
}
