package dev.latchkey.agent.listing;

import dev.latchkey.agent.checking.KeyCheck;
import dev.latchkey.providers.Verdict;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.providers.http.ModelListing;
import dev.latchkey.sealing.ApiKey;
import java.time.Duration;

/** Judges a key by whether its provider lists models to it. */
public final class ListingKeyCheck implements KeyCheck {
    private final Endpoints endpoints;
    private final Duration patience;

    public ListingKeyCheck(Endpoints endpoints, Duration patience) {
        this.endpoints = endpoints;
        this.patience = patience;
    }

    @Override
    public Verdict check(ApiKey key, Place place) throws InterruptedException {
        var endpoint = endpoints.find(place.provider(), place.baseUrl());
        return endpoint.isEmpty() ? new Verdict.Unreachable() : ModelListing.verdict(endpoint.get(), key, patience);
    }
}
