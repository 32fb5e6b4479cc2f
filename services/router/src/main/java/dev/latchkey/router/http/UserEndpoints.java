package dev.latchkey.router.http;

import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.views.Views;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

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
        new Exchange(peers, request, response).send(answer, DefaultModelBody::of, NO_DEFAULT_MODEL);
    }

    private void run(ServerRequest request, ServerResponse response) {
        var userId = bearer.userOf(request);
        var promptId = PathId.of(request).orElseThrow(() -> new ProblemException(NO_PROMPT));
        new Exchange(peers, request, response).send(views.run(new RunId(userId, promptId)), RunBody::of, NO_PROMPT);
    }
}
