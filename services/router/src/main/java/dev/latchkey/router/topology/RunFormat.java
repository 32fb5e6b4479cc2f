package dev.latchkey.router.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.schemas.PrivateFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/**
 * A run in the store: one byte for its state, 8 for the ms at which it is due, 4 for the length of its progress, the
 * progress, which a run without prompt does not have, and what the state adds.
 */
final class RunFormat {
    private static final byte WAITING = 'W';
    private static final byte QUEUED = 'Q';
    private static final byte RELEASED = 'R';
    private static final byte CALLED = 'C';
    private static final byte PAUSING = 'P';
    private static final byte UNDECIDED = 'U';
    private static final byte ENDED = 'E';
    private static final byte FORETOLD = 'F';
    private static final byte[] NOTHING = {};
    private static final int HEADER = 1 + Long.BYTES + Integer.BYTES;

    private final PrivateFormat<AgentRun> progress = new PrivateFormat<>(AgentRun.class);
    private final PrivateFormat<AgentTask> tasks = new PrivateFormat<>(AgentTask.class);
    private final PrivateFormat<PromptSubmitted> prompts = new PrivateFormat<>(PromptSubmitted.class);

    private RunFormat() {}

    static Serde<Run> serde() {
        var format = new RunFormat();
        return new StoreFormat<>(format::encode, format::decode);
    }

    private byte[] encode(Run run) {
        return switch (run) {
            case Run.Waiting waiting -> encode(WAITING, waiting, prompts.encode(waiting.prompt()));
            case Run.Queued queued -> encode(QUEUED, queued, ticketed(queued));
            case Run.Released released ->
                encode(released.called() ? CALLED : RELEASED, released, tasks.encode(released.task()));
            case Run.Pausing pausing -> encode(PAUSING, pausing, tasks.encode(pausing.task()));
            case Run.Undecided undecided -> encode(UNDECIDED, undecided, tasks.encode(undecided.task()));
            case Run.Ended ended ->
                encode(ENDED, ended, ended.underWay().map(tasks::encode).orElse(NOTHING));
            case Run.Foretold foretold ->
                encode(
                        FORETOLD,
                        foretold.dueAt(),
                        NOTHING,
                        foretold.id().toString().getBytes(UTF_8));
        };
    }

    private byte[] encode(byte state, Run.Visible run, byte[] rest) {
        return encode(state, run.dueAt(), progress.encode(run.progress()), rest);
    }

    private static byte[] encode(byte state, Instant dueAt, byte[] seen, byte[] rest) {
        return ByteBuffer.allocate(HEADER + seen.length + rest.length)
                .put(state)
                .putLong(dueAt.toEpochMilli())
                .putInt(seen.length)
                .put(seen)
                .put(rest)
                .array();
    }

    private byte[] ticketed(Run.Queued run) {
        byte[] task = tasks.encode(run.task());
        return ByteBuffer.allocate(Long.BYTES + task.length)
                .putLong(run.ticket())
                .put(task)
                .array();
    }

    private Run decode(ByteBuffer bytes) {
        byte state = bytes.get();
        var dueAt = Instant.ofEpochMilli(bytes.getLong());
        byte[] seen = take(bytes, bytes.getInt());
        return state == FORETOLD
                ? new Run.Foretold(RunId.parse(UTF_8.decode(bytes).toString()), dueAt)
                : decode(state, progress.decode(seen), dueAt, bytes);
    }

    private Run decode(byte state, AgentRun seen, Instant dueAt, ByteBuffer rest) {
        return switch (state) {
            case WAITING -> new Run.Waiting(seen, dueAt, prompts.decode(rest(rest)));
            case QUEUED -> queued(seen, dueAt, rest);
            case RELEASED -> new Run.Released(seen, dueAt, tasks.decode(rest(rest)), false);
            case CALLED -> new Run.Released(seen, dueAt, tasks.decode(rest(rest)), true);
            case PAUSING -> new Run.Pausing(seen, dueAt, tasks.decode(rest(rest)));
            case UNDECIDED -> new Run.Undecided(seen, dueAt, tasks.decode(rest(rest)));
            case ENDED ->
                new Run.Ended(
                        seen,
                        dueAt,
                        Optional.of(rest(rest)).filter(task -> task.length > 0).map(tasks::decode));
            default -> throw new SerializationException("no state of a run: " + state);
        };
    }

    private Run.Queued queued(AgentRun seen, Instant dueAt, ByteBuffer rest) {
        long ticket = rest.getLong();
        return new Run.Queued(seen, dueAt, tasks.decode(rest(rest)), ticket);
    }

    private static byte[] rest(ByteBuffer bytes) {
        return take(bytes, bytes.remaining());
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
