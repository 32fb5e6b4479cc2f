package dev.latchkey.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one work on a thread of its own until it is closed. Whatever breaks the work off is told once and not at each try, and the
 * work begins anew after a pause, a longer one each time that it fails again.
 */
public final class ResumingThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResumingThread.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration STOPPING = Duration.ofSeconds(10);

    /** Opens what it needs, goes on until it is told to stop, and closes what it opened. */
    @FunctionalInterface
    public interface Work {
        void run(ResumingThread thread) throws Exception;
    }

    private final Work work;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Duration pause = FIRST_PAUSE;
    private volatile boolean working = true;

    private ResumingThread(String name, Work work) {
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    public static ResumingThread start(String name, Work work) {
        var resuming = new ResumingThread(name, work);
        resuming.thread.start();
        return resuming;
    }

    /** For the work: all is well at this moment. */
    public void isFine() {
        working = true;
        pause = FIRST_PAUSE;
    }

    /** For the work: to be asked again and again. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    public boolean isWorking() {
        return working && thread.isAlive();
    }

    /** Lets the work end what it does: an interrupt comes only to one that takes long. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        while (!isStopping()) {
            try {
                work.run(this);
            } catch (Exception e) {
                rest(e);
            }
        }
    }

    private void rest(Exception failure) {
        if (isStopping()) {
            return;
        }
        if (working) {
            LOG.warn("Work broke off and will resume thread={}", thread.getName(), failure);
        }
        working = false;
        awaitStop(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    private void awaitStop(Duration atMost) {
        try {
            var _ = stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
