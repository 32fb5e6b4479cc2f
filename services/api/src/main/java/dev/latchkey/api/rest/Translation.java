package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.BrokenRule;
import dev.latchkey.api.credentials.ForgottenUser;
import dev.latchkey.api.postgres.DatabaseUnavailable;
import dev.latchkey.api.store.TicketLost;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.sealing.VaultUnavailable;
import java.time.Duration;

/** Makes what stops a request the problem that its sender should hear. */
final class Translation {
    static final Problem UNDERWAY = Problem.conflict("a request with this Idempotency-Key is being worked on");
    private static final Duration SOON = Duration.ofSeconds(5);
    static final Problem JUST_ROTATED = Problem.unavailable("the master key was just rotated", Duration.ofSeconds(1));

    /** Something that may stop. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private Translation() {}

    static <T, E extends Exception> T of(Work<T, E> work) throws E {
        try {
            return work.run();
        } catch (BrokenRule e) {
            throw new ProblemException(Problem.unprocessable(String.valueOf(e.getMessage())));
        } catch (ForgottenUser e) {
            throw new ProblemException(Problem.gone("this user was forgotten"));
        } catch (DatabaseUnavailable e) {
            throw new ProblemException(Problem.unavailable("the database does not answer", SOON));
        } catch (VaultUnavailable e) {
            throw new ProblemException(Problem.unavailable("keys can not be sealed now", SOON));
        } catch (TicketLost e) {
            throw new ProblemException(UNDERWAY);
        }
    }
}
