package dev.latchkey.sealing.vault;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Knows, without asking at the moment of the question, whether Vault works: it asks every few seconds. */
public final class VaultWatch implements BooleanSupplier, AutoCloseable {
    private final VaultProbe probe;
    private final Duration interval;
    private final Thread thread;
    private volatile boolean works = true;

    private VaultWatch(VaultProbe probe, Duration interval) {
        this.probe = probe;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("vault-watch").unstarted(this::watch);
    }

    /** To be started once {@link VaultProbe#requireVault} has passed: until the first answer it reports that Vault works. */
    public static VaultWatch start(VaultProbe probe, Duration interval) {
        var watch = new VaultWatch(probe, interval);
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
                works = probe.works();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
