package dev.latchkey.agent.answering;

import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs that were cancelled lately: longer than that, and beyond so many, no task of a cancelled run is on its way. */
public final class Cancellations {
    static final Duration MEMORY = Duration.ofHours(24);
    static final int MOST = 100_000;

    private final InstantSource clock;
    private final RunningCalls running;
    private final Map<EndedBy.Cancellation, Instant> inOrder = new LinkedHashMap<>();

    /** Calls of a run that is cancelled are ended, once it is known here that it is. */
    public Cancellations(InstantSource clock, RunningCalls running) {
        this.clock = clock;
        this.running = running;
    }

    /** Also of old ones, when the topic is read again. */
    public void heard(RunControlled control) {
        if (control.getControl() == RunControl.CANCELLED && isRecent(control.getOccurredAt())) {
            var cancellation = new EndedBy.Cancellation(control.getUserId(), control.getPromptId());
            remember(cancellation, control.getOccurredAt());
            running.end(cancellation);
        }
    }

    synchronized boolean contain(EndedBy.Cancellation cancellation) {
        return inOrder.containsKey(cancellation);
    }

    private synchronized void remember(EndedBy.Cancellation cancellation, Instant occurredAt) {
        inOrder.putIfAbsent(cancellation, occurredAt);
        var times = inOrder.values().iterator();
        while (times.hasNext() && !(isRecent(times.next()) && inOrder.size() <= MOST)) {
            times.remove();
        }
    }

    private boolean isRecent(Instant occurredAt) {
        return occurredAt.isAfter(clock.instant().minus(MEMORY));
    }
}
