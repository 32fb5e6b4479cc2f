package dev.latchkey.agent.langchain4j;

import dev.latchkey.providers.http.Answer;
import dev.latchkey.providers.http.Incoming;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a provider sent, for a dialect to read. */
record Received(HttpHeaders headers, Body body) {
    static Received from(Answer answer) {
        return new Received(answer.headers(), Body.of(answer.body()));
    }

    static Received from(Incoming incoming) throws IOException {
        var text = new String(incoming.body().readAllBytes(), StandardCharsets.UTF_8);
        return new Received(incoming.headers(), Body.of(text));
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
