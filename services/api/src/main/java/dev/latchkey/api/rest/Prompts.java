package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Prompt;
import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.store.PromptStore;
import dev.latchkey.api.store.Reply;
import dev.latchkey.api.store.Submission;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;

/** Prompts over HTTP: taken here, answered by the pipeline, looked up at the router. */
final class Prompts {
    /** A prompt of which not more is known here, or matters, than where it stands. */
    record StatusView(UUID promptId, String status) {
        /** While nothing but the submission is known. */
        static StatusView accepted(UUID promptId) {
            return new StatusView(promptId, "accepted");
        }
    }

    static final String PATH = "/api/v1/users/me/prompts";
    static final Problem UNKNOWN = Problem.notFound("you have no such prompt");

    private final Door door;
    private final OnceOnly once;
    private final PromptStore store;
    private final Upstream router;

    Prompts(Door door, OnceOnly once, PromptStore store, Upstream router) {
        this.door = door;
        this.once = once;
        this.store = store;
        this.router = router;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PATH, once.handler(Kind.PROMPT, this::submit)), Route.get(PATH + "/{id}", this::find));
    }

    private Reply submit(Incoming incoming) {
        var prompt = incoming.read(PromptBody.class).prompt(store::nextId);
        var userId = incoming.act().userId();
        return reply(
                store.submit(
                        userId, prompt, (sql, submission) -> incoming.ticket().keep(sql, reply(submission, prompt))),
                prompt);
    }

    private static Reply reply(Submission submission, Prompt prompt) {
        return switch (submission) {
            case Submission.Accepted() -> Answers.accepted(PATH + "/" + prompt.id(), StatusView.accepted(prompt.id()));
            case Submission.UnknownCredential() ->
                Answers.of(Problem.unprocessable("you have no credential with this credential_id"));
        };
    }

    private void find(ServerRequest request, ServerResponse response) {
        var userId = door.userOf(request);
        var id = PathId.of(request).orElseThrow(() -> new ProblemException(UNKNOWN));
        var answer = router.get(request);
        if (answer.statusCode() != 404) {
            Upstream.pass(answer, response);
        } else if (store.isSubmitted(userId, id)) {
            Json.send(response, 200, StatusView.accepted(id));
        } else {
            throw new ProblemException(UNKNOWN);
        }
    }
}
