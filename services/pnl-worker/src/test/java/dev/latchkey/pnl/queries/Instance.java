package dev.latchkey.pnl.queries;

import dev.latchkey.pnl.topology.PnlTopology;
import dev.latchkey.pnl.topology.RunningBooks;
import dev.latchkey.pnl.views.Lookup;
import dev.latchkey.pnl.views.PriceLookup;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.streams.StreamsService;
import dev.latchkey.streams.StreamsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** One of several pnl-workers that share the users, with its view of the figures. */
final class Instance implements AutoCloseable {
    private final URI url;
    private final StreamsService streams;
    private final FiguresView view;

    Instance(URI url, KafkaSettings kafka, WireFormat format, Path stateDir) {
        this.url = url;
        var topology = new PnlTopology(format, RunningBooks.FIFO, RunningBooks.payloads());
        streams = StreamsService.start(new StreamsSettings("pnl-test", kafka, stateDir, url), topology::build);
        view = new FiguresView(streams.streams(), url);
    }

    URI url() {
        return url;
    }

    Lookup of(UUID userId) {
        return view.of(userId);
    }

    PriceLookup prices(String symbol, Instant now) {
        return new PricesView(streams.streams(), InstantSource.fixed(now), Duration.ofMinutes(1)).of(symbol);
    }

    @Override
    public void close() {
        streams.close();
    }
}
