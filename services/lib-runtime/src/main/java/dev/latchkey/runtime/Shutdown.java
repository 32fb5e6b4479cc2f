package dev.latchkey.runtime;

import java.util.concurrent.CountDownLatch;

/** The moment at which a service is asked to stop. */
public final class Shutdown {
    private final CountDownLatch asked = new CountDownLatch(1);

    public void ask() {
        asked.countDown();
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Blocks until the service is asked to stop. */
    public void await() throws InterruptedException {
        asked.await();
    }
}
