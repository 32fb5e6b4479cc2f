package dev.latchkey.agent.answering;

/** Where models are asked. Every call is made once: retrying is the router's. */
public interface Provider {
    /** Ends within the call's patience, give or take a second. */
    CallOutcome call(ChatCall call) throws InterruptedException;
}
