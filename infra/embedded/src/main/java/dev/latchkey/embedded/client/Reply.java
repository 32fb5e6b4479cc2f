package dev.latchkey.embedded.client;

import com.fasterxml.jackson.databind.JsonNode;

/** What the api answered. */
public record Reply(int status, JsonNode body) {
    /** A field of the body as text; empty when it is not there. */
    public String text(String field) {
        return body.path(field).asText("");
    }
}
