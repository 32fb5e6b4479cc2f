package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import java.util.Map;
import java.util.UUID;

/** Somebody new to a running system. */
record User(UUID id, ApiClient api) {
    static User of(Stack stack) {
        var id = UUID.randomUUID();
        return new User(id, new ApiClient(stack.api(), stack.token(id)));
    }

    /** A new user whose default is a key of OpenAI, as everybody can see by now. */
    static User withKey(Stack stack, String key) {
        var user = of(stack);
        user.registerDefault("openai", key);
        Eventually.ask(() -> user.api().get(ApiClient.DEFAULT_MODEL).status(), status -> status == 200);
        return user;
    }

    UUID registerDefault(String provider, String key) {
        var reply = api.post(ApiClient.CREDENTIALS, Map.of("provider", provider, "api_key", key, "is_default", true));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return UUID.fromString(reply.text("id"));
    }

    UUID submit(String question) {
        var reply = api.post(ApiClient.PROMPTS, Map.of("prompt", question));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(202);
        return UUID.fromString(reply.text("prompt_id"));
    }
}
