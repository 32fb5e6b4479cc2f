package dev.latchkey.agent.langchain4j;

import dev.latchkey.providers.http.Answer;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What a provider sent, for a dialect to read. */
record Received(HttpHeaders headers, Body body) {
    static Received from(Answer answer) {
        return new Received(answer.headers(), Body.of(answer.body()));
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
