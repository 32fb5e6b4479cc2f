package dev.latchkey.agent.answering;

import java.util.function.Consumer;

/** Where models are asked. Every call is made once: retrying is the router's. */
public interface Provider {
    /** Ends within the call's patience, give or take a second. */
    CallOutcome call(ChatCall call) throws InterruptedException;

    /**
     * As {@link #call(ChatCall)}, telling the text as it comes. What was told is a beginning of the answer's text when there
     * is an answer, and is to be forgotten when there is none.
     *
     * @param heard gets every piece in its order, on the caller's thread, and does not throw
     */
    default CallOutcome call(ChatCall call, Consumer<String> heard) throws InterruptedException {
        var outcome = call(call);
        if (outcome instanceof CallOutcome.Answered answered && !answered.text().isEmpty()) {
            heard.accept(answered.text());
        }
        return outcome;
    }
}
