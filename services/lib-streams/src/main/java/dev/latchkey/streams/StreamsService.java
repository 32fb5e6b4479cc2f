package dev.latchkey.streams;

import dev.latchkey.schemas.Topic;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running topology, exactly once. A thread that fails is replaced, so that a part that comes back is enough. */
public final class StreamsService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
    private static final Duration PAUSE_BEFORE_REPLACEMENT = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);

    private final KafkaStreams streams;

    private StreamsService(KafkaStreams streams) {
        this.streams = streams;
    }

    public static StreamsService start(StreamsSettings settings, Consumer<StreamsBuilder> topology) {
        return start(settings, topology, Set.of());
    }

    /** Records of some topics are sent at once: they are there before the transaction that they belong to, or without it. */
    public static StreamsService start(
            StreamsSettings settings, Consumer<StreamsBuilder> topology, Set<Topic<?>> atOnce) {
        var properties = settings.properties();
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        topology.accept(builder);
        var streams = new KafkaStreams(
                builder.build(properties),
                properties,
                new SplitClients(atOnce.stream().map(Topic::name).collect(Collectors.toSet())));
        streams.setUncaughtExceptionHandler(StreamsService::replaceThread);
        streams.start();
        return new StreamsService(streams);
    }

    /** The running instance, for queries of its stores. */
    public KafkaStreams streams() {
        return streams;
    }

    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_PATIENCE)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }

    /** Runs on the failing thread: its pause keeps a part that is away from being asked in a tight loop. */
    private static StreamThreadExceptionResponse replaceThread(Throwable failure) {
        LOG.warn("Stream thread failed and is replaced", failure);
        LockSupport.parkNanos(PAUSE_BEFORE_REPLACEMENT.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
