package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.store.Epilogue;
import dev.latchkey.api.store.Reply;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.sealing.ApiKey;
import java.util.List;
import java.util.UUID;

/** Trying keys over HTTP. */
final class Validations {
    private final Office office;
    private final StoredKeys storedKeys;
    private final Ledger ledger;
    private final OnceOnly once;

    Validations(Office office, StoredKeys storedKeys, OnceOnly once) {
        this.office = office;
        this.storedKeys = storedKeys;
        this.ledger = new Ledger(office.store());
        this.once = once;
    }

    List<Route> routes() {
        return List.of(Route.post(Credentials.PATH + "/validate", once.handler(Kind.VALIDATION, this::validate)));
    }

    private Reply validate(Incoming incoming) {
        try (var body = incoming.read(ValidateBody.class)) {
            if (body.mixesBoth()) {
                throw new ProblemException(Problem.unprocessable("credential_id stands alone"));
            }
            var id = body.credentialId();
            var attempt = new Attempt(incoming.act(), CredentialChange.VALIDATED, id, incoming.ticket());
            return id == null
                    ? plain(attempt, body.plain())
                    : ledger.enter(attempt, () -> stored(attempt, incoming, id));
        }
    }

    private Reply plain(Attempt attempt, RegisterBody body) {
        var model = body.model(office.catalogue());
        var key = body.key();
        return ledger.enter(attempt, () -> plain(attempt, model, key));
    }

    private Reply plain(Attempt attempt, Model model, ApiKey key) {
        boolean accepted = office.desk().isAccepted(model, key);
        return tried(attempt, accepted, model);
    }

    private Reply stored(Attempt attempt, Incoming incoming, UUID id) {
        var credential = office.store()
                .findActive(attempt.act().userId(), id)
                .orElseThrow(() -> new ProblemException(Credentials.UNKNOWN));
        var model = credential.model();
        var checked =
                storedKeys.check(incoming.request(), credential, incoming.act().requestId());
        boolean accepted = KeyDesk.isAccepted(model, checked.verdict());
        var version = new CredentialVersion(id, checked.revision());
        var reply = reply(accepted, model);
        Epilogue<Credential> keep = (sql, _) -> attempt.ticket().keep(sql, reply);
        Credentials.stored(
                accepted
                        ? office.store().validated(attempt.act(), version, keep)
                        : office.store().refused(attempt.act(), version, keep));
        return reply;
    }

    private Reply tried(Attempt attempt, boolean accepted, Model model) {
        var reply = reply(accepted, model);
        var result = accepted ? AuditResult.SUCCEEDED : AuditResult.REFUSED;
        office.store()
                .recordTrial(
                        new Deed(attempt.act(), attempt.change(), result),
                        attempt.id(),
                        (sql, deed) -> attempt.ticket().keep(sql, reply));
        return reply;
    }

    private Reply reply(boolean accepted, Model model) {
        return Answers.ok(ValidationView.of(accepted, model, office.clerk().now()));
    }
}
