package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.events.AuditResult;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import java.util.function.Supplier;

/**
 * Sees to it that what a user wanted and did not get is in the history, too. What came about is entered where it is
 * stored; requests that say nothing sensible, and those over a quota, are not entered at all.
 */
final class Ledger {
    private final CredentialStore store;

    Ledger(CredentialStore store) {
        this.store = store;
    }

    <T> T enter(Attempt attempt, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            enter(attempt, e.problem());
            throw e;
        }
    }

    private void enter(Attempt attempt, Problem problem) {
        var deed = new Deed(attempt.act(), attempt.change(), result(problem));
        var reply = Answers.of(problem);
        store.recordTrial(deed, attempt.id(), (sql, entered) -> attempt.ticket().keep(sql, reply));
    }

    private static AuditResult result(Problem problem) {
        return problem.status() < 500 ? AuditResult.REFUSED : AuditResult.FAILED;
    }
}
