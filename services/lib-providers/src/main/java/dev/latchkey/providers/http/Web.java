package dev.latchkey.providers.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A way to providers. Every question is one request: nothing is retried and no redirect is followed. */
public interface Web {
    /** In bytes. A longer answer is none. */
    int LARGEST_ANSWER = 8 << 20;

    /** Begins to ask. Cancelling the future ends the request. */
    Future<Answer> begin(Question question);

    /** Begins to ask for an answer that is read as it comes. Cancelling the future, or closing the answer, ends the request. */
    Future<Incoming> open(Question question);

    /**
     * Waits for the answer so long and no longer, whatever the provider does: it can come one byte at a time.
     *
     * <p>Throws {@link NotPublic} when the address is none that may be called. Exceptions have no cause: those of HTTP
     * clients quote what was sent.
     */
    default Answer ask(Question question, Duration patience)
            throws IOException, TimeoutException, InterruptedException {
        var answer = begin(question);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NotPublic notPublic ? notPublic : new IOException("the call failed");
        } finally {
            answer.cancel(true);
        }
    }

    /**
     * Waits for the status of an answer, and then for each part of its body, so long altogether and no longer.
     *
     * <p>Throws as {@link #ask} does. The answer is to be closed.
     */
    default Incoming listen(Question question, Duration patience)
            throws IOException, TimeoutException, InterruptedException {
        long start = System.nanoTime();
        var opening = open(question);
        try {
            var opened = opening.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            var left = patience.minusNanos(System.nanoTime() - start);
            return new Incoming(opened.status(), opened.headers(), new PatientBody(opened.body(), left));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NotPublic notPublic ? notPublic : new IOException("the call failed");
        } finally {
            opening.cancel(true);
        }
    }
}
