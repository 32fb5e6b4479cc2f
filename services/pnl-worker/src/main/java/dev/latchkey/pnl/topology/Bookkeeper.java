package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLetterReason;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Books every trade as it comes, values what is open again at a steady pace, and takes out who is forgotten. */
final class Bookkeeper extends ContextualProcessor<String, Entry, String, Output> {
    private final PnlPolicy policy;

    @SuppressWarnings("NullAway.Init") // Kafka Streams hands stores out in init.
    private TradeLog log;

    @SuppressWarnings("NullAway.Init")
    private Holders holders;

    @SuppressWarnings("NullAway.Init")
    private Moves moves;

    @SuppressWarnings("NullAway.Init")
    private Desk desk;

    @SuppressWarnings("NullAway.Init")
    private Eraser eraser;

    private Bookkeeper(PnlPolicy policy) {
        this.policy = policy;
    }

    static ProcessorSupplier<String, Entry, String, Output> supplier(PnlPolicy policy) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Entry, String, Output> get() {
                return new Bookkeeper(policy);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return PnlStores.ofTheBooks();
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, Output> context) {
        super.init(context);
        var market = new Market(
                context.getStateStore(PnlStores.QUOTES_EVERYWHERE),
                context.getStateStore(PnlStores.SPLITS_EVERYWHERE),
                policy.markStaleness());
        log = new TradeLog(context.getStateStore(PnlStores.REPORTS), context.getStateStore(PnlStores.AMENDMENTS));
        holders = new Holders(context.getStateStore(PnlStores.HOLDERS));
        moves = new Moves(market);
        var ledger = ledger(context);
        var publisher = publisher(context);
        desk = new Desk(ledger, market, publisher, policy.method());
        eraser = new Eraser(log, ledger, publisher);
        context.schedule(policy.markInterval(), PunctuationType.WALL_CLOCK_TIME, this::revalue);
    }

    @Override
    public void process(Record<String, Entry> record) {
        switch (record.value()) {
            case Entry.Traded traded -> book(traded);
            case Entry.Forgotten(var userId) -> eraser.erase(userId);
            case Entry.Buried _ -> {}
        }
    }

    /** A trade that the books have no room for is taken out of the log again, as if it had never come. */
    private void book(Entry.Traded traded) {
        var now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        var revision = log.record(traded.trade());
        if (!revision.changesNothing() && !desk.revise(revision, now)) {
            log.strike(traded.trade());
            refuse(traded, now);
        }
    }

    private void refuse(Entry.Traded traded, Instant now) {
        var letter = traded.origin().letter(DeadLetterReason.INVALID, Desk.ROOM, now);
        context()
                .forward(new Record<>(
                        traded.trade().getUserId().toString(), new Output.Refused(letter), now.toEpochMilli()));
    }

    private void revalue(long now) {
        var time = Instant.ofEpochMilli(now);
        var positions = moves.since(time).stream().flatMap(this::affected).toList();
        desk.revalue(positions, time);
    }

    private Stream<String> affected(Moves.Move move) {
        return holders.of(move.symbol()).entrySet().stream()
                .filter(position -> position.getValue() || move.bySplit())
                .map(Map.Entry::getKey);
    }

    private Ledger ledger(ProcessorContext<String, Output> context) {
        return new Ledger(
                new FillStore(context.getStateStore(PnlStores.FILLS)),
                new BookStore(context.getStateStore(PnlStores.BOOKS)),
                holders);
    }

    private static Publisher publisher(ProcessorContext<String, Output> context) {
        return new Publisher(
                context, context.getStateStore(PnlStores.FIGURES), context.getStateStore(PnlStores.CLOSINGS));
    }
}
