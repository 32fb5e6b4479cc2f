package dev.latchkey.agent.answering;

import dev.latchkey.events.RunControlled;
import java.util.Optional;

/** What the control of a run must keep to be heard. */
public final class ControlRule {
    private ControlRule() {}

    /** The broken rule in one sentence, without the content. */
    public static Optional<String> brokenBy(String key, RunControlled control) {
        return key.equals(control.getUserId().toString())
                ? Optional.empty()
                : Optional.of("the record key is not the userId");
    }
}
