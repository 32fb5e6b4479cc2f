package dev.latchkey.router.topology;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.router.runs.Run;
import dev.latchkey.schemas.PrivateFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A run in the store: one byte for its state, 8 for the ms at which it is due, 4 for the length of its progress, the
 * progress, and what the state adds.
 */
final class RunFormat implements Serde<Run> {
    private static final byte WAITING = 'W';
    private static final byte RELEASED = 'R';
    private static final byte PAUSING = 'P';
    private static final byte ENDED = 'E';
    private static final int HEADER = 1 + Long.BYTES + Integer.BYTES;

    private final PrivateFormat<AgentRun> progress = new PrivateFormat<>(AgentRun.class);
    private final PrivateFormat<AgentTask> tasks = new PrivateFormat<>(AgentTask.class);
    private final PrivateFormat<PromptSubmitted> prompts = new PrivateFormat<>(PromptSubmitted.class);

    @Override
    @SuppressWarnings("NullAway") // Kafka's serializers map a missing value to a missing value.
    public Serializer<Run> serializer() {
        return (topic, run) -> isMissing(run) ? null : encode(run);
    }

    @Override
    @SuppressWarnings("NullAway")
    public Deserializer<Run> deserializer() {
        return (topic, bytes) -> isMissing(bytes) ? null : decode(ByteBuffer.wrap(bytes));
    }

    private static boolean isMissing(@Nullable Object value) {
        return value == null;
    }

    private byte[] encode(Run run) {
        return switch (run) {
            case Run.Waiting waiting -> encode(WAITING, waiting, prompts.encode(waiting.prompt()));
            case Run.Released released -> encode(RELEASED, released, tasks.encode(released.task()));
            case Run.Pausing pausing -> encode(PAUSING, pausing, tasks.encode(pausing.task()));
            case Run.Ended ended -> encode(ENDED, ended, new byte[0]);
        };
    }

    private byte[] encode(byte state, Run run, byte[] rest) {
        byte[] seen = progress.encode(run.progress());
        return ByteBuffer.allocate(HEADER + seen.length + rest.length)
                .put(state)
                .putLong(run.dueAt().toEpochMilli())
                .putInt(seen.length)
                .put(seen)
                .put(rest)
                .array();
    }

    private Run decode(ByteBuffer bytes) {
        byte state = bytes.get();
        var dueAt = Instant.ofEpochMilli(bytes.getLong());
        var seen = progress.decode(take(bytes, bytes.getInt()));
        byte[] rest = take(bytes, bytes.remaining());
        return switch (state) {
            case WAITING -> new Run.Waiting(seen, dueAt, prompts.decode(rest));
            case RELEASED -> new Run.Released(seen, dueAt, tasks.decode(rest));
            case PAUSING -> new Run.Pausing(seen, dueAt, tasks.decode(rest));
            case ENDED -> new Run.Ended(seen, dueAt);
            default -> throw new SerializationException("no state of a run: " + state);
        };
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
