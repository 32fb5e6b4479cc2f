package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Quotas;
import dev.latchkey.api.store.QuotaStore;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.runtime.RequestId;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.UUID;

/** Lets in who has a valid token and some quota left. */
public final class Door {
    private final Bearer bearer;
    private final QuotaStore quotas;

    public Door(Bearer bearer, QuotaStore quotas) {
        this.bearer = bearer;
        this.quotas = quotas;
    }

    UUID userOf(ServerRequest request) {
        return bearer.userOf(request);
    }

    Act admit(ServerRequest request, ServerResponse response, Quotas.Kind kind) {
        var act = new Act(bearer.userOf(request), RequestId.of(response));
        var wait = quotas.take(act.userId(), kind);
        if (wait.isPositive()) {
            throw new ProblemException(Problem.tooManyRequests("that was too often in an hour", wait));
        }
        return act;
    }
}
