package dev.latchkey.sealing;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What is sealed: sealed bytes open for this field of this event of this user and for nothing else.
 *
 * @param eventId the promptId of a prompt, its steps and its answer, the eventId of a trade
 */
public record SealedField(UUID userId, UUID eventId, Name name) {
    /** The fields that can be sealed. */
    public enum Name {
        PROMPT_MESSAGES("prompt.messages"),
        PROMPT_ANSWER("prompt.answer"),
        PROMPT_STEPS("prompt.steps"),
        TRADE_FILL("trade.fill");

        private final String text;

        Name(String text) {
            this.text = text;
        }
    }

    /** The one text for this field. Changing it makes everything that was ever sealed unreadable. */
    String text() {
        return userId + "/" + eventId + "/" + name.text;
    }

    byte[] binding() {
        return text().getBytes(StandardCharsets.US_ASCII);
    }
}
