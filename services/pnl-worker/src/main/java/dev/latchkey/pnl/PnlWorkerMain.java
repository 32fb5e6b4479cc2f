package dev.latchkey.pnl;

import dev.latchkey.pnl.http.PnlEndpoints;
import dev.latchkey.pnl.queries.FiguresView;
import dev.latchkey.pnl.topology.MarketTopics;
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
import dev.latchkey.streams.StreamsService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;

/** The pnl-worker: trades, prices and splits in; positions and closings out; a user's books to be asked over HTTP. */
public final class PnlWorkerMain {
    private PnlWorkerMain() {}

    public static void main(String[] arguments) {
        Service.run("pnl-worker", PnlWorkerMain::serve);
    }

    static void serve(Settings settings, Shutdown shutdown) throws Exception {
        var config = PnlConfig.from(settings);
        var bearer = new Bearer(TokenVerifier.from(settings));
        Parts.requireRegistry(config.kafka());
        requireTopics(config);
        MarketTopics.create(config.kafka());

        var topology = new PnlTopology(config.kafka().format(), config.policy());
        var health = new Health();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var kafka = Pulse.ofKafka(config.kafka());
                var registry = Pulse.ofHttp(subjects(config));
                var streams = StreamsService.start(config.streams(), topology::build);
                var peers = new Peers()) {
            health.check("kafka", kafka);
            health.check("registry", registry);
            health.check("streams", streams::isRunning);
            var view = new FiguresView(streams.streams(), config.advertisedUrl());
            var endpoints = new PnlEndpoints(view::of, bearer, peers);
            try (var _ = HttpEndpoint.start(config.httpPort(), health, meters, endpoints::register)) {
                shutdown.await();
            }
        }
    }

    private static void requireTopics(PnlConfig config) {
        Parts.requireKafka(
                config.kafka(),
                Topics.TRADES,
                Topics.PRICES,
                Topics.CORPORATE_ACTIONS,
                Topics.PNL,
                Topics.PNL_CLOSED,
                Topics.DEAD_LETTERS);
    }

    private static URI subjects(PnlConfig config) {
        return URI.create(config.kafka().registry().url() + "/subjects");
    }
}
