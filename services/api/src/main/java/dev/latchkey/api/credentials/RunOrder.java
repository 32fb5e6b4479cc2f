package dev.latchkey.api.credentials;

import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user orders about a run that is under way.
 *
 * @param callId the pending call that was decided; null for all that are pending, and when the run is cancelled
 */
public record RunOrder(
        UUID promptId, RunControl control, @Nullable String callId) {
    public static RunOrder cancellation(UUID promptId) {
        return new RunOrder(promptId, RunControl.CANCELLED, null);
    }

    public static RunOrder decision(UUID promptId, boolean approved, @Nullable String callId) {
        return new RunOrder(promptId, approved ? RunControl.APPROVED : RunControl.REJECTED, callId);
    }

    public RunControlled controlled(Act act, UUID eventId, Instant now) {
        return RunControlled.newBuilder()
                .setEventId(eventId)
                .setUserId(act.userId())
                .setPromptId(promptId)
                .setControl(control)
                .setCallId(callId)
                .setRequestId(act.requestId())
                .setOccurredAt(now)
                .build();
    }
}
