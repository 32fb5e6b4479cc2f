package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Optional;

/** The fields of one thing to encrypt, decrypt, rewrap or make a code of: a whole request or one entry of its batch. */
record Item(JsonNode fields) {
    /** Throws Rejected with {@code complaint} when there is no such text. */
    String text(String field, String complaint) {
        return optionalText(field).orElseThrow(() -> new Rejected(complaint));
    }

    byte[] bytes(String field, String complaint) {
        return decoded(text(field, complaint));
    }

    /** Empty when there is none. */
    byte[] context() {
        return optionalText("context").map(Item::decoded).orElseGet(() -> new byte[0]);
    }

    Optional<String> reference() {
        return optionalText("reference");
    }

    boolean hasContext() {
        return optionalText("context").filter(context -> !context.isEmpty()).isPresent();
    }

    private Optional<String> optionalText(String field) {
        return Optional.ofNullable(fields.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Rejected("illegal base64 data");
        }
    }

    /** Without the fields, which may hold a plaintext. */
    @Override
    public String toString() {
        return "Item[redacted]";
    }
}
