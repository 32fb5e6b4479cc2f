package dev.latchkey.router.kafka;

import dev.latchkey.router.Given;
import dev.latchkey.router.http.UserEndpoints;
import dev.latchkey.router.queries.StoreViews;
import dev.latchkey.router.runs.RunPolicy;
import dev.latchkey.router.runs.Runs;
import dev.latchkey.router.topology.RouterTopology;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Peers;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.streams.Partitions;
import dev.latchkey.streams.StreamsService;
import dev.latchkey.streams.StreamsSettings;
import dev.latchkey.testing.FreePort;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** One of several routers, wired as the service wires itself, with the test's wire format. */
final class Instance implements AutoCloseable {
    private final URI url;
    private final StreamsService streams;
    private final Peers peers = new Peers();
    private final HttpEndpoint http;

    Instance(KafkaSettings kafka, WireFormat format, Bearer bearer, Path stateDir) throws Exception {
        int port = FreePort.find();
        url = URI.create("http://localhost:" + port);
        var runs = new Runs(RunPolicy.usual(), Given.agents(), () -> 0);
        var topology = new RouterTopology(
                format,
                runs,
                new KafkaTaskLog(kafka, format),
                Partitions.requireSame(kafka, Topics.PROMPTS, Topics.AGENT_TASKS));
        streams = StreamsService.start(
                new StreamsSettings("router-test", kafka, stateDir, url), topology::build, Set.of(Topics.AGENT_TASKS));
        var endpoints = new UserEndpoints(new StoreViews(streams.streams(), url), bearer, peers);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        http = HttpEndpoint.start(HttpAddress.local(port), new Health(), meters, endpoints::register);
    }

    URI url() {
        return url;
    }

    boolean isRunning() {
        return streams.isRunning();
    }

    /** How many of the topology's tasks this instance has. */
    int tasks() {
        return streams.streams().metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    @Override
    public void close() {
        http.close();
        peers.close();
        streams.close();
    }
}
