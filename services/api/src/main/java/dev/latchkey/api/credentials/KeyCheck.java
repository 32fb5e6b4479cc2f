package dev.latchkey.api.credentials;

import dev.latchkey.providers.Verdict;
import dev.latchkey.sealing.ApiKey;

/** Asks a provider whether it accepts a key. Takes 10 s at most. */
public interface KeyCheck {
    Verdict check(ApiKey key, Model model);
}
