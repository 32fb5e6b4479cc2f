package dev.latchkey.agent;

import dev.latchkey.agent.answering.RunningCalls;
import dev.latchkey.agent.figures.HttpFigures;
import dev.latchkey.agent.http.CheckEndpoint;
import dev.latchkey.agent.kafka.Producers;
import dev.latchkey.agent.kafka.TaskConsumer;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.Pulse;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.Shutdown;
import dev.latchkey.runtime.TokenVerifier;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultWatch;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent-worker: tasks in, one question to a model each with the key of the user who asked, results out. */
public final class AgentWorkerMain {
    private static final Logger LOG = LoggerFactory.getLogger(AgentWorkerMain.class);
    private static final Duration VAULT_INTERVAL = Duration.ofSeconds(2);

    private AgentWorkerMain() {}

    public static void main(String[] arguments) {
        Service.run("agent-worker", AgentWorkerMain::serve);
    }

    static void serve(Settings settings, Shutdown shutdown) throws Exception {
        var config = AgentWorkerConfig.from(settings);
        var kafka = config.kafka();
        var bearer = new Bearer(TokenVerifier.from(settings));
        Parts.requireRegistry(kafka);
        var vault = VaultSession.open(config.vault());
        requireTopics(kafka);
        var clock = InstantSource.system();
        var ids = new UuidSource(clock, new SecureRandom());
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var openers = Openers.of(vault, config.cache(), meters);
        var running = new RunningCalls();
        try (var kafkaPulse = Pulse.ofKafka(kafka);
                var registryPulse = Pulse.ofRegistry(kafka);
                var vaultWatch = VaultWatch.start(vault, VAULT_INTERVAL);
                var news = News.follow(kafka, openers, running, clock);
                var endpoints = new Endpoints(config.providers(), config.allowedOrigins());
                var figures = new HttpFigures(config.figures());
                var producer = Producers.open(kafka)) {
            var health = new Health();
            health.check("kafka", kafkaPulse);
            health.check("registry", registryPulse);
            health.check("vault", vaultWatch);
            health.check("credentials", news.credentials().feed());
            health.check("data keys", news.dataKeys().feed());
            health.check("run controls", news.controls().feed());
            var work = new Work(
                    config,
                    new Work.Inside(openers, news, running),
                    new Work.Outside(endpoints, figures, producer),
                    new Work.Instruments(clock, ids, meters));
            var checks = new CheckEndpoint(config.secret(), bearer, work.storedKeys(), ids::next);
            try (var http = HttpEndpoint.start(config.http(), health, meters, checks::register);
                    var tasks = TaskConsumer.start(kafka, work.taskHandler(), work.gate(), config.limits())) {
                meters.gauge("latchkey.tasks.running", tasks, TaskConsumer::running);
                LOG.info("Agent-worker listens port={}", http.port());
                shutdown.await();
            }
        }
    }

    private static void requireTopics(KafkaSettings kafka) {
        Parts.requireKafka(
                kafka,
                Topics.CREDENTIALS,
                Topics.DATA_KEYS,
                Topics.RUN_CONTROLS,
                Topics.AGENT_TASKS,
                Topics.AGENT_RESULTS,
                Topics.ANSWER_PARTS,
                Topics.KEY_USES,
                Topics.ORDERS_PROPOSED,
                Topics.DEAD_LETTERS);
    }
}
