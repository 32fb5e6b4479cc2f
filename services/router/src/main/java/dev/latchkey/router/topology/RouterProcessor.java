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

/** Where everything about a user meets: one thread, one order, one transaction. */
final class RouterProcessor extends ContextualProcessor<String, Input, String, Output> {
    static final Duration LOOK = Duration.ofMillis(100);
    private static final Set<String> TRACE = Set.of("traceparent", "tracestate");

    private final Runs runs;
    private final TaskLog log;
    private boolean caughtUp;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    private Switchboard switchboard;

    private RouterProcessor(Runs runs, TaskLog log) {
        this.runs = runs;
        this.log = log;
    }

    static ProcessorSupplier<String, Input, String, Output> supplier(Runs runs, TaskLog log) {
        return new ProcessorSupplier<>() {
            @Override
            public RouterProcessor get() {
                return new RouterProcessor(runs, log);
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
        switchboard = switchboard(context);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, _ -> wake());
    }

    @Override
    public void process(Record<String, Input> record) {
        catchUp();
        var trace = traceOf(record.headers());
        var input = record.value();
        switchboard
                .hear(input, now())
                .forEach(output -> say(output, input.leadsTo(output) ? trace : new RecordHeaders()));
    }

    private Switchboard switchboard(ProcessorContext<String, Output> context) {
        var lanes = new Lanes(context.getStateStore(RouterStores.LANES));
        var queues = new Queues(lanes, context.getStateStore(RouterStores.QUEUE), runs.room());
        var listeners = new Listeners(
                context.getStateStore(RouterStores.LISTENING), context.getStateStore(RouterStores.ROUNDS));
        var schedule = new Schedule(context.getStateStore(RouterStores.SCHEDULE));
        var book = new RunBook(context.getStateStore(RouterStores.RUNS), schedule, listeners, queues);
        var credentials = new CredentialShelf(
                context.getStateStore(RouterStores.CREDENTIALS), context.getStateStore(RouterStores.REFUSALS));
        var usage = new UsageBook(
                context.getStateStore(RouterStores.USAGE), context.getStateStore(RouterStores.BUDGETS), runs.meter());
        var paid = runs.paidOutOf(usage);
        var ahead = new TasksAhead(context.getStateStore(RouterStores.AHEAD));
        var dispatch = new Dispatch(paid, book, queues, ahead, Switchboard.MOST_AT_ONCE);
        return new Switchboard(paid, new Switchboard.Known(credentials, book, listeners, usage), dispatch);
    }

    /** Before anything else is heard, and not earlier: what is taken up is part of a transaction. */
    private void catchUp() {
        if (!caughtUp) {
            int partition = context().taskId().partition();
            switchboard
                    .catchUp(most -> log.last(partition, most), now())
                    .forEach(output -> say(output, new RecordHeaders()));
            caughtUp = true;
        }
    }

    private void wake() {
        catchUp();
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
