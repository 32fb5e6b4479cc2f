package dev.latchkey.api.providers;

import dev.latchkey.api.credentials.KeyCheck;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.providers.Verdict;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.providers.http.ModelListing;
import dev.latchkey.sealing.ApiKey;
import java.time.Duration;

/** Has a provider list its models under the key. */
public final class HttpKeyCheck implements KeyCheck {
    private final Endpoints endpoints;
    private final Duration patience;

    public HttpKeyCheck(Endpoints endpoints, Duration patience) {
        this.endpoints = endpoints;
        this.patience = patience;
    }

    @Override
    public Verdict check(ApiKey key, Model model) {
        try {
            return ModelListing.verdict(endpoints.of(model.provider(), model.baseUrl()), key, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Unreachable();
        }
    }
}
