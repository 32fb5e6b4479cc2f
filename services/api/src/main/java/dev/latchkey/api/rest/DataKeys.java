package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.credentials.UserDataKey;
import dev.latchkey.api.store.DataKeyStore;
import dev.latchkey.api.store.DataKeyStore.Kept;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.sealing.DataKeyMaker;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;

/** A user's data key over HTTP, wrapped: this service can not open it. */
public final class DataKeys {
    record View(UUID keyId, String wrappedKey, String encryptionKeyId) {
        static View of(UserDataKey dataKey) {
            return new View(
                    dataKey.keyId(),
                    dataKey.wrapped().ciphertext(),
                    dataKey.wrapped().encryptionKeyId());
        }
    }

    private static final String PATH = "/api/v1/users/me/data-key";
    private static final Problem NONE = Problem.notFound("you have no data key");

    private final DataKeyStore store;
    private final DataKeyMaker maker;

    public DataKeys(DataKeyStore store, DataKeyMaker maker) {
        this.store = store;
        this.maker = maker;
    }

    /** Both count as reading: what is there is given out again, and a user has one key in a lifetime. */
    List<Route> routes(Door door) {
        return List.of(
                Route.put(PATH, (request, response) -> make(userOf(door, request, response), response)),
                Route.get(PATH, (request, response) -> find(userOf(door, request, response), response)));
    }

    private static UUID userOf(Door door, ServerRequest request, ServerResponse response) {
        return door.admit(request, response, Kind.READ).userId();
    }

    /** Never kept for who asks again under an idempotency key: wrapped keys lie in two places and in no third. */
    private void make(UUID userId, ServerResponse response) {
        var kept = store.find(userId)
                .<Kept>map(present -> new Kept.Present(present, false))
                .orElseGet(() -> store.keep(userId, maker.make(userId)));
        switch (kept) {
            case Kept.Present(var dataKey, var isNew) -> {
                var view = View.of(dataKey);
                Answers.send(response, isNew ? Answers.created(PATH, view) : Answers.ok(view));
            }
            case Kept.Outdated() -> throw new ProblemException(Translation.JUST_ROTATED);
        }
    }

    private void find(UUID userId, ServerResponse response) {
        var dataKey = store.find(userId).orElseThrow(() -> new ProblemException(NONE));
        Answers.send(response, Answers.ok(View.of(dataKey)));
    }
}
