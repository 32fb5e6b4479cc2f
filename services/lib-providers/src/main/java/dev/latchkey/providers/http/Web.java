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
}
