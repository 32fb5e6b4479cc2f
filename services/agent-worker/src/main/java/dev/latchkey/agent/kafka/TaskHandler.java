package dev.latchkey.agent.kafka;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.DeadLetterReason;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a record into a result, or into a dead letter when it is no task. */
public final class TaskHandler implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TaskHandler.class);

    private final Inlet<AgentTask> inlet;
    private final Answerer answerer;
    private final Records<AgentResult> results;
    private final DeadLetters deadLetters;

    public TaskHandler(
            Inlet<AgentTask> inlet, Answerer answerer, Records<AgentResult> results, DeadLetters deadLetters) {
        this.inlet = inlet;
        this.answerer = answerer;
        this.results = results;
        this.deadLetters = deadLetters;
    }

    @Override
    public Output handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return switch (inlet.admit(record)) {
            case Admission.Admitted<AgentTask>(var task) -> answer(record, task);
            case Admission.Rejected<AgentTask>(var reason, var detail) -> deadLetters.letter(record, reason, detail);
        };
    }

    /** What we threw may quote anything: its type is told. */
    private Output answer(ConsumerRecord<byte[], byte[]> record, AgentTask task) throws InterruptedException {
        try {
            var result = results.of(record.key(), answerer.answer(task));
            return new Output(result, () -> setAside(record, task, "its result is too large"));
        } catch (RuntimeException e) {
            return setAside(record, task, e.getClass().getSimpleName());
        }
    }

    /** A task that we fail on is set aside rather than tried for ever. */
    private Output setAside(ConsumerRecord<byte[], byte[]> record, AgentTask task, String failure)
            throws InterruptedException {
        LOG.error("Task failed taskId={} failure={}", task.getTaskId(), failure);
        return deadLetters.letter(record, DeadLetterReason.INVALID, "the worker failed on this task: " + failure);
    }
}
