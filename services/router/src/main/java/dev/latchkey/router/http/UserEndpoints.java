package dev.latchkey.router.http;

import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.views.Lookup;
import dev.latchkey.router.views.Views;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/** What a user can ask: the default model, and the run of a prompt of their own. */
public final class UserEndpoints {
    private static final Problem NO_DEFAULT_MODEL = Problem.notFound("no default model");
    private static final Problem NO_PROMPT = Problem.notFound("no such prompt");

    private final Views views;
    private final Bearer bearer;
    private final Peers peers;

    public UserEndpoints(Views views, Bearer bearer, Peers peers) {
        this.views = views;
        this.bearer = bearer;
        this.peers = peers;
    }

    public void register(HttpRouting.Builder routes) {
        routes.get("/api/v1/users/me/default-model", this::defaultModel)
                .get("/api/v1/users/me/prompts/{id}", this::run);
    }

    private void defaultModel(ServerRequest request, ServerResponse response) {
        var answer = views.defaultModel(bearer.userOf(request));
        new Exchange(request, response).send(answer, DefaultModelBody::of, NO_DEFAULT_MODEL);
    }

    private void run(ServerRequest request, ServerResponse response) {
        var userId = bearer.userOf(request);
        var promptId = PathId.of(request).orElseThrow(() -> new ProblemException(NO_PROMPT));
        new Exchange(request, response).send(views.run(new RunId(userId, promptId)), RunBody::of, NO_PROMPT);
    }

    /** One request and its answer. */
    private final class Exchange {
        private final ServerRequest request;
        private final ServerResponse response;

        Exchange(ServerRequest request, ServerResponse response) {
            this.request = request;
            this.response = response;
        }

        <T> void send(Lookup<T> lookup, Function<T, Record> body, Problem missing) {
            switch (lookup) {
                case Lookup.Found<T>(var value) -> Json.send(response, 200, body.apply(value));
                case Lookup.Missing<T> _ -> throw new ProblemException(missing);
                case Lookup.Elsewhere<T>(var instance) -> peers.passOn(instance, request, response);
                case Lookup.Unsettled<T> _ -> throw Peers.moving();
            }
        }
    }
}
