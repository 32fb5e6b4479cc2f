package dev.latchkey.providers.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is waited for so long, and is so large, and no more. Its exceptions quote nothing. Whoever is done with it closes it:
 * until then, or until the time is over, it is kept.
 */
final class PatientBody extends InputStream {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final InputStream body;
    private final CompletableFuture<Void> end;
    private volatile boolean late;
    private int read;

    PatientBody(InputStream body, Duration patience) {
        this.body = body;
        this.end = new CompletableFuture<Void>().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        var _ = end.exceptionallyAsync(_ -> breakOff(), THREADS);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int now = more(bytes, offset, length);
        if (late) {
            throw new OutOfPatience();
        }
        read += Math.max(now, 0);
        if (read > Web.LARGEST_ANSWER) {
            throw new IOException("the answer is larger than " + Web.LARGEST_ANSWER + " bytes");
        }
        return now;
    }

    @Override
    public void close() throws IOException {
        end.complete(null);
        body.close();
    }

    private int more(byte[] bytes, int offset, int length) throws IOException {
        try {
            return body.read(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            throw late ? new OutOfPatience() : new IOException("the call failed");
        }
    }

    /** Whoever is waiting for more gets an exception. */
    private @Nullable Void breakOff() {
        late = true;
        try {
            body.close();
        } catch (IOException | RuntimeException e) {
            // It is over, either way.
        }
        return null;
    }
}
