package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.credentials.Registration;
import dev.latchkey.api.credentials.StoredKey;
import dev.latchkey.api.store.Reply;
import dev.latchkey.api.store.Ticket;
import dev.latchkey.api.store.Written;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.sealing.ApiKey;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A user's credentials over HTTP. */
final class Credentials {
    static final String PATH = "/api/v1/users/me/llm-credentials";
    static final String ONE = PATH + "/{id}";
    /** Alike for a credential that does not exist, one that was deleted and somebody else's. */
    static final Problem UNKNOWN = Problem.notFound("you have no such credential");

    private final Office office;
    private final Ledger ledger;
    private final OnceOnly once;

    Credentials(Office office, OnceOnly once) {
        this.office = office;
        this.ledger = new Ledger(office.store());
        this.once = once;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PATH, once.handler(Kind.WRITE, this::register)),
                Route.get(PATH, this::list),
                Route.put(ONE + "/default", this::makeDefault),
                Route.put(ONE, this::rotate),
                Route.delete(ONE, this::delete));
    }

    private Reply register(Incoming incoming) {
        try (var body = incoming.read(RegisterBody.class)) {
            var model = body.model(office.catalogue());
            var key = body.key();
            var attempt = new Attempt(incoming.act(), CredentialChange.REGISTERED, null, incoming.ticket());
            return ledger.enter(attempt, () -> register(attempt, model, key, body.wantsDefault()));
        }
    }

    private Reply register(Attempt attempt, Model model, ApiKey key, boolean isDefault) {
        var act = attempt.act();
        var id = office.clerk().nextId();
        requireUntaken(act, model, id);
        var registration = new Registration(id, model, seal(act, id, model, key), isDefault);
        return registered(stored(office.store()
                .register(act, registration, (sql, stored) -> attempt.ticket().keep(sql, registered(stored)))));
    }

    private static Reply registered(Credential credential) {
        return Answers.created(PATH + "/" + credential.id(), CredentialView.of(credential));
    }

    private void list(ServerRequest request, ServerResponse response) {
        var act = office.door().admit(request, response, Kind.READ);
        var credentials =
                office.store().read(act).stream().map(CredentialView::of).toList();
        Json.send(response, 200, credentials);
    }

    private void makeDefault(ServerRequest request, ServerResponse response) {
        var act = office.door().admit(request, response, Kind.WRITE);
        var attempt = attempt(act, request, CredentialChange.MADE_DEFAULT);
        send(response, attempt, id -> office.store().makeDefault(act, id));
    }

    private void delete(ServerRequest request, ServerResponse response) {
        var act = office.door().admit(request, response, Kind.DELETION);
        var attempt = attempt(act, request, CredentialChange.DELETED);
        send(response, attempt, id -> office.store().delete(act, id));
    }

    private void rotate(ServerRequest request, ServerResponse response) {
        var act = office.door().admit(request, response, Kind.WRITE);
        try (var body = Bodies.read(request, RotateBody.class)) {
            var attempt = attempt(act, request, CredentialChange.ROTATED);
            send(response, attempt, id -> rotated(act, id, body));
        }
    }

    private Written rotated(Act act, UUID id, RotateBody body) {
        var before = office.store().findActive(act.userId(), id).orElseThrow(() -> new ProblemException(UNKNOWN));
        var model = body.modelName() == null ? before.model() : before.model().named(body.modelName());
        requireUntaken(act, model, id);
        return office.store().rotate(act, id, rotation(act, id, model, body));
    }

    private Credential.Change rotation(Act act, UUID id, Model model, RotateBody body) {
        if (body.apiKey() == null) {
            var name = Bodies.required(body.modelName(), "api_key or model_name");
            return (before, revision) -> before.renamed(name, revision);
        }
        var key = seal(act, id, model, body.apiKey());
        return body.modelName() == null
                ? (before, revision) -> before.rotated(key, revision)
                : (before, revision) -> before.rotated(key, revision).renamed(model.name(), revision);
    }

    private StoredKey seal(Act act, UUID id, Model model, ApiKey key) {
        try {
            return office.desk().take(act, id, model, key);
        } finally {
            key.wipe();
        }
    }

    private void requireUntaken(Act act, Model model, UUID exceptId) {
        if (office.store().isTaken(act.userId(), model, exceptId)) {
            stored(new Written.Duplicate());
        }
    }

    private static Attempt attempt(Act act, ServerRequest request, CredentialChange change) {
        return new Attempt(act, change, PathId.of(request).orElse(null), Ticket.NONE);
    }

    private void send(ServerResponse response, Attempt attempt, Function<UUID, Written> change) {
        var credential = ledger.enter(
                attempt, () -> stored(attempt.id() == null ? new Written.Unknown() : change.apply(attempt.id())));
        Json.send(response, 200, CredentialView.of(credential));
    }

    static Credential stored(Written written) {
        return switch (written) {
            case Written.Stored(var credential) -> credential;
            case Written.Duplicate() ->
                throw new ProblemException(
                        Problem.conflict("you already have an active credential for that provider and model"));
            case Written.Outdated() -> throw new ProblemException(Translation.JUST_ROTATED);
            case Written.Unknown() -> throw new ProblemException(UNKNOWN);
        };
    }
}
