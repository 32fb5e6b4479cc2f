package dev.latchkey.router;

import dev.latchkey.agents.Agents;
import dev.latchkey.router.http.UsageEndpoint;
import dev.latchkey.router.http.UserEndpoints;
import dev.latchkey.router.kafka.KafkaTaskLog;
import dev.latchkey.router.queries.StoreViews;
import dev.latchkey.router.runs.Runs;
import dev.latchkey.router.topology.RouterTopology;
import dev.latchkey.router.usage.Meter;
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
import dev.latchkey.streams.Partitions;
import dev.latchkey.streams.StreamsService;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;

/** The router: credentials, prompts, controls and results in; default models, tasks and runs out; both to be asked over HTTP. */
public final class RouterMain {
    private RouterMain() {}

    public static void main(String[] arguments) {
        Service.run("router", RouterMain::serve);
    }

    static void serve(Settings settings, Shutdown shutdown) throws Exception {
        var config = RouterConfig.from(settings);
        var agents = Agents.from(settings);
        var bearer = new Bearer(TokenVerifier.from(settings));
        Parts.requireRegistry(config.kafka());
        requireTopics(config);

        var random = new SecureRandom();
        var runs = new Runs(config.policy(), agents, random::nextDouble).metered(new Meter(config.prices()));
        int partitions = Partitions.requireSame(
                config.kafka(), Topics.PROMPTS, Topics.AGENT_TASKS, Topics.AGENT_RESULTS, Topics.KEY_USES);
        var log = new KafkaTaskLog(config.kafka(), config.kafka().format());
        var topology = new RouterTopology(config.kafka().format(), runs, log, partitions);

        var health = new Health();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var kafka = Pulse.ofKafka(config.kafka());
                var registry = Pulse.ofRegistry(config.kafka());
                var streams = StreamsService.start(config.streams(), topology::build, Set.of(Topics.AGENT_TASKS));
                var streamsMeters = new KafkaStreamsMetrics(streams.streams());
                var peers = new Peers()) {
            streamsMeters.bindTo(meters);
            health.check("kafka", kafka);
            health.check("registry", registry);
            health.check("streams", streams::isRunning);
            var views = new StoreViews(streams.streams(), config.streams().advertisedUrl());
            var endpoints = new UserEndpoints(views, bearer, peers);
            var usage = new UsageEndpoint(views, bearer, peers, InstantSource.system());
            try (var _ = HttpEndpoint.start(config.http(), health, meters, routes -> {
                endpoints.register(routes);
                usage.register(routes);
            })) {
                shutdown.await();
            }
        }
    }

    private static void requireTopics(RouterConfig config) {
        Parts.requireKafka(
                config.kafka(),
                Topics.CREDENTIALS,
                Topics.PROMPTS,
                Topics.AGENT_RESULTS,
                Topics.RUN_CONTROLS,
                Topics.KEY_USES,
                Topics.BUDGETS,
                Topics.DEFAULT_MODELS,
                Topics.AGENT_TASKS,
                Topics.AGENT_RUNS,
                Topics.USAGE,
                Topics.DEAD_LETTERS);
    }
}
