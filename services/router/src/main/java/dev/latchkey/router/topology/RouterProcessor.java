package dev.latchkey.router.topology;

import dev.latchkey.router.runs.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Where credentials, prompts and results of a user meet: one thread, one order, one transaction. */
final class RouterProcessor extends ContextualProcessor<String, Input, String, Output> {
    static final Duration LOOK = Duration.ofMillis(100);
    private static final Set<String> TRACE = Set.of("traceparent", "tracestate");

    private final Runs runs;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    private Switchboard switchboard;

    private RouterProcessor(Runs runs) {
        this.runs = runs;
    }

    static ProcessorSupplier<String, Input, String, Output> supplier(Runs runs) {
        return new ProcessorSupplier<>() {
            @Override
            public RouterProcessor get() {
                return new RouterProcessor(runs);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return RouterStores.builders();
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, Output> context) {
        super.init(context);
        var book = new RunBook(
                context.getStateStore(RouterStores.RUNS),
                context.getStateStore(RouterStores.LISTENING),
                new Schedule(context.getStateStore(RouterStores.SCHEDULE)));
        switchboard = new Switchboard(runs, context.getStateStore(RouterStores.CREDENTIALS), book);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, _ -> wake());
    }

    @Override
    public void process(Record<String, Input> record) {
        var trace = traceOf(record.headers());
        switchboard.hear(record.value(), now()).forEach(output -> say(output, trace));
    }

    private void wake() {
        switchboard.wake(now()).forEach(output -> say(output, new RecordHeaders()));
    }

    private void say(Output output, Headers headers) {
        context().forward(new Record<>(output.key(), output, context().currentSystemTimeMs(), headers));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }

    private static Headers traceOf(Headers headers) {
        var trace = new RecordHeaders();
        headers.forEach(header -> {
            if (TRACE.contains(header.key())) {
                trace.add(header);
            }
        });
        return trace;
    }
}
