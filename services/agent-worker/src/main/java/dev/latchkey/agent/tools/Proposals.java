package dev.latchkey.agent.tools;

import dev.latchkey.events.OrderProposed;

/** Where proposed orders go, to be decided. */
@FunctionalInterface
public interface Proposals {
    /** Returns once the proposal is there for good. */
    void publish(OrderProposed order) throws InterruptedException;
}
