package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Model;
import java.time.Instant;

/** What a provider said about a key. */
record ValidationView(boolean isValid, String provider, String modelName, String message, Instant testedAt) {
    static ValidationView of(boolean isValid, Model model, Instant testedAt) {
        var provider = model.provider().wireName();
        var message = provider + (isValid ? " accepts the key" : " does not accept the key");
        return new ValidationView(isValid, provider, model.name(), message, testedAt);
    }
}
