package dev.latchkey.router.runs;

import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import java.util.Optional;

/** What a control of a run must keep beyond its schema. */
public final class ControlRules {
    private ControlRules() {}

    /** The rule that a control breaks, if any. */
    public static Optional<String> brokenBy(String key, RunControlled control) {
        if (!key.equals(control.getUserId().toString())) {
            return Optional.of("the record key is the userId");
        }
        if (control.getControl() == RunControl.UNKNOWN) {
            return Optional.of("control is CANCELLED, APPROVED or REJECTED");
        }
        return Optional.ofNullable(control.getCallId()).filter(String::isBlank).map(_ -> "callId is not blank");
    }
}
