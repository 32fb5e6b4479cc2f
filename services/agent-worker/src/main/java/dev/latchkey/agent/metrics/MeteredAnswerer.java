package dev.latchkey.agent.metrics;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Times tasks by how they ended. */
public final class MeteredAnswerer implements Answerer {
    private final Answerer answerer;
    private final MeterRegistry meters;

    public MeteredAnswerer(Answerer answerer, MeterRegistry meters) {
        this.answerer = answerer;
        this.meters = meters;
    }

    @Override
    public AgentResult answer(AgentTask task) throws InterruptedException {
        var sample = Timer.start(meters);
        var result = answerer.answer(task);
        sample.stop(meters.timer(
                "latchkey.tasks", "outcome", result.getOutcome().getClass().getSimpleName()));
        return result;
    }
}
