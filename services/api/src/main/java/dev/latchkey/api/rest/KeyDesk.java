package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.KeyCheck;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.api.credentials.StoredKey;
import dev.latchkey.providers.Verdict;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.Sealer;
import java.time.Duration;
import java.util.UUID;

/** Takes plain keys in: none is sealed that its provider does not accept. Never called inside a transaction. */
public final class KeyDesk {
    private static final Duration PROVIDER_PAUSE = Duration.ofSeconds(10);

    private final KeyCheck keyCheck;
    private final Sealer sealer;

    public KeyDesk(KeyCheck keyCheck, Sealer sealer) {
        this.keyCheck = keyCheck;
        this.sealer = sealer;
    }

    /** The sealed key; throws the problem that its owner should hear when the provider does not accept it. */
    StoredKey take(Act act, UUID credentialId, Model model, ApiKey key) {
        if (!isAccepted(model, key)) {
            throw new ProblemException(
                    Problem.badRequest(model.provider().wireName() + " does not accept this api_key"));
        }
        return Translation.of(() -> {
            var sealed = sealer.seal(key, new KeyOwner(act.userId(), credentialId, model.destination()));
            return StoredKey.of(key, sealed, sealer.fingerprint(sealed));
        });
    }

    /** Whether the provider accepts the key; throws the problem that its owner should hear when that is not known. */
    boolean isAccepted(Model model, ApiKey key) {
        return isAccepted(model, keyCheck.check(key, model));
    }

    static boolean isAccepted(Model model, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted() -> true;
            case Verdict.Refused() -> false;
            case Verdict.Unreachable() ->
                throw new ProblemException(
                        Problem.unavailable(model.provider().wireName() + " could not be asked", PROVIDER_PAUSE));
            case Verdict.Forbidden(var why) -> throw new ProblemException(Problem.unprocessable(why));
        };
    }
}
