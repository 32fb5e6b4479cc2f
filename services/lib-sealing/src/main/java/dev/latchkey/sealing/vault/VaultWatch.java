package dev.latchkey.sealing.vault;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after a session every few seconds, and so knows, without asking at the moment of the question, whether Vault works. */
public final class VaultWatch implements BooleanSupplier, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultWatch.class);

    private final VaultSession session;
    private final Duration interval;
    private final Thread thread;
    private volatile boolean works = true;

    private VaultWatch(VaultSession session, Duration interval) {
        this.session = session;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("vault-watch").unstarted(this::watch);
    }

    /** Until the first answer it reports that Vault works: the session is open. */
    public static VaultWatch start(VaultSession session, Duration interval) {
        var watch = new VaultWatch(session, interval);
        watch.thread.start();
        return watch;
    }

    @Override
    public boolean getAsBoolean() {
        return works;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                note(session.look());
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A look that was interrupted, because the service ends, tells nothing. */
    private void note(boolean worksNow) {
        if (works != worksNow && !Thread.currentThread().isInterrupted()) {
            works = worksNow;
            LOG.info("Vault changed works={}", worksNow);
        }
    }
}
