package dev.latchkey.pnl;

import dev.latchkey.pnl.http.PnlEndpoints;
import dev.latchkey.pnl.http.ServiceEndpoints;
import dev.latchkey.pnl.queries.FiguresView;
import dev.latchkey.pnl.queries.PricesView;
import dev.latchkey.pnl.topology.MarketTopics;
import dev.latchkey.pnl.topology.Payloads;
import dev.latchkey.pnl.topology.PnlTopology;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.Pulse;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.Shutdown;
import dev.latchkey.runtime.TokenVerifier;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.caching.CachingDataKeyOpener;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultWatch;
import dev.latchkey.streams.Partitions;
import dev.latchkey.streams.StreamsService;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/** The pnl-worker: trades, prices and splits in; positions and closings out; a user's books to be asked over HTTP. */
public final class PnlWorkerMain {
    private static final Duration VAULT_INTERVAL = Duration.ofSeconds(2);

    private PnlWorkerMain() {}

    public static void main(String[] arguments) {
        Service.run("pnl-worker", PnlWorkerMain::serve);
    }

    static void serve(Settings settings, Shutdown shutdown) throws Exception {
        var config = PnlConfig.from(settings);
        var bearer = new Bearer(TokenVerifier.from(settings));
        Parts.requireRegistry(config.kafka());
        var vault = VaultSession.open(config.vault());
        requireTopics(config);
        Partitions.requireSame(config.kafka(), Topics.TRADES, Topics.DATA_KEYS);
        MarketTopics.create(config.kafka());

        var dataKeys = new CachingDataKeyOpener(new VaultDataKeyOpener(vault), config.cache());
        var dropped = new LongAdder();
        var payloads = new Payloads(dataKeys, dropped);
        var topology = new PnlTopology(config.kafka().format(), config.policy(), payloads);
        var health = new Health();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var kafka = Pulse.ofKafka(config.kafka());
                var registry = Pulse.ofRegistry(config.kafka());
                var vaultWatch = VaultWatch.start(vault, VAULT_INTERVAL);
                var streams = StreamsService.start(config.streams(), topology::build);
                var streamsMeters = new KafkaStreamsMetrics(streams.streams());
                var peers = new Peers()) {
            streamsMeters.bindTo(meters);
            meters.gauge("latchkey.data.keys.cache", dataKeys, CachingDataKeyOpener::size);
            meters.more().counter("latchkey.trades.of.forgotten", Tags.empty(), dropped);
            health.check("kafka", kafka);
            health.check("registry", registry);
            health.check("vault", vaultWatch);
            health.check("streams", streams::isRunning);
            var view = new FiguresView(streams.streams(), config.streams().advertisedUrl());
            var prices = new PricesView(
                    streams.streams(), InstantSource.system(), config.policy().markStaleness());
            var ofUsers = new PnlEndpoints(view::of, bearer, peers);
            var views = new ServiceEndpoints.Views(view::of, prices::of);
            var ofServices = new ServiceEndpoints(config.secret(), views, peers);
            try (var _ = HttpEndpoint.start(config.http(), health, meters, routes -> {
                ofUsers.register(routes);
                ofServices.register(routes);
            })) {
                shutdown.await();
            }
        }
    }

    private static void requireTopics(PnlConfig config) {
        Parts.requireKafka(
                config.kafka(),
                Topics.TRADES,
                Topics.DATA_KEYS,
                Topics.PRICES,
                Topics.CORPORATE_ACTIONS,
                Topics.PNL,
                Topics.PNL_CLOSED,
                Topics.DEAD_LETTERS);
    }
}
