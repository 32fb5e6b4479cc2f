package dev.latchkey.agent;

import dev.latchkey.agent.answering.Agents;
import dev.latchkey.agent.answering.Answering;
import dev.latchkey.agent.answering.RunningCalls;
import dev.latchkey.agent.answering.TaskRule;
import dev.latchkey.agent.caching.CachingUnsealer;
import dev.latchkey.agent.checking.StoredKeys;
import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agent.http.CheckEndpoint;
import dev.latchkey.agent.kafka.DeadLetters;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.KeyUseLog;
import dev.latchkey.agent.kafka.Outlet;
import dev.latchkey.agent.kafka.Producers;
import dev.latchkey.agent.kafka.TaskConsumer;
import dev.latchkey.agent.kafka.TaskHandler;
import dev.latchkey.agent.kafka.TopicFeed;
import dev.latchkey.agent.langchain4j.LangChainProvider;
import dev.latchkey.agent.listing.ListingKeyCheck;
import dev.latchkey.agent.metrics.MeteredAnswerer;
import dev.latchkey.agent.metrics.MeteredUnsealer;
import dev.latchkey.agent.payloads.DataKeyView;
import dev.latchkey.agent.payloads.SealedAnswering;
import dev.latchkey.agent.payloads.SealedMessages;
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
import dev.latchkey.schemas.CredentialRule;
import dev.latchkey.schemas.DataKeyRule;
import dev.latchkey.schemas.SealedContents;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.sealing.PayloadSealer;
import dev.latchkey.sealing.caching.CachingDataKeyOpener;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultUnsealer;
import dev.latchkey.sealing.vault.VaultWatch;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent-worker: tasks in, one call each with the key of the user who asked, results out. */
public final class AgentWorkerMain {
    private static final Logger LOG = LoggerFactory.getLogger(AgentWorkerMain.class);
    private static final Duration KEY_CHECK = Duration.ofSeconds(7);
    private static final Duration CATCH_UP = Duration.ofSeconds(2);
    private static final Duration VAULT_PAUSE = Duration.ofSeconds(1);
    private static final Duration VAULT_INTERVAL = Duration.ofSeconds(2);

    private AgentWorkerMain() {}

    public static void main(String[] arguments) {
        Service.run("agent-worker", AgentWorkerMain::serve);
    }

    static void serve(Settings settings, Shutdown shutdown) throws Exception {
        var config = AgentWorkerConfig.from(settings);
        var kafka = config.kafka();
        var format = kafka.format();
        var bearer = new Bearer(TokenVerifier.from(settings));
        Parts.requireRegistry(kafka);
        var vault = VaultSession.open(config.vault());
        requireTopics(kafka);
        var clock = InstantSource.system();
        var ids = new UuidSource(clock, new SecureRandom());
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var view = new CredentialView(clock);
        var unsealer = new CachingUnsealer(new MeteredUnsealer(new VaultUnsealer(vault), meters), config.cache());
        var running = new RunningCalls();
        var heard = CredentialListener.inOrder(view, unsealer, running);
        var timing = new Answering.Timing(clock, config.longestCall());
        var credentials = source(Topics.CREDENTIALS, format, CredentialRule::brokenBy);
        var dataKeyOpener = new CachingDataKeyOpener(new VaultDataKeyOpener(vault), config.cache());
        var dataKeyView = new DataKeyView(clock, dataKeyOpener::forget);
        var dataKeys = source(Topics.DATA_KEYS, format, DataKeyRule::brokenBy);
        try (var kafkaPulse = Pulse.ofKafka(kafka);
                var registryPulse = Pulse.ofRegistry(kafka);
                var vaultWatch = VaultWatch.start(vault, VAULT_INTERVAL);
                var feed = TopicFeed.start(kafka, credentials, heard::changed, clock);
                var dataKeyFeed = TopicFeed.start(kafka, dataKeys, dataKeyView::changed, clock);
                var endpoints = new Endpoints(config.providers(), config.allowedOrigins());
                var producer = Producers.open(kafka)) {
            var health = new Health();
            health.check("kafka", kafkaPulse);
            health.check("registry", registryPulse);
            health.check("vault", vaultWatch);
            health.check("credentials", feed);
            health.check("data keys", dataKeyFeed);
            var uses = new KeyUseLog(new Outlet<>(producer, Topics.KEY_USES, format));
            var opener = new KeyOpener(unsealer, uses, ids::next, clock);
            var freshness = new StoredKeys.Freshness(clock, feed, CATCH_UP);
            var keyCheck = new ListingKeyCheck(endpoints, KEY_CHECK);
            var checks = new CheckEndpoint(
                    config.secret(), bearer, new StoredKeys(view, opener, keyCheck, freshness), ids::next);
            var provider = new LangChainProvider(endpoints, clock);
            var keys = new Keys(view, opener, config.systemKey(), new Keys.Waiting(clock, VAULT_PAUSE, feed));
            var calls = new Answering.Calls(provider, running);
            var answering = new Answering(Agents.builtIn(), keys, calls, timing);
            var waiting = new Keys.Waiting(clock, VAULT_PAUSE, dataKeyFeed);
            var sealedMessages = new SealedMessages(dataKeyView, dataKeyOpener, SealedContents::readMessages, waiting);
            var sealer = new PayloadSealer(new SecureRandom());
            var sealedAnswering = new SealedAnswering(answering, sealedMessages, sealer, clock);
            var handler = new TaskHandler(
                    new Inlet<>(format.reader(Topics.AGENT_TASKS), TaskRule::brokenBy),
                    new MeteredAnswerer(sealedAnswering, meters),
                    new Outlet<>(producer, Topics.AGENT_RESULTS, format),
                    new DeadLetters(new Outlet<>(producer, Topics.DEAD_LETTERS, format), clock));
            try (var http = HttpEndpoint.start(config.httpPort(), health, meters, checks::register);
                    var tasks =
                            TaskConsumer.start(kafka, handler, () -> hasCaughtUp(feed, dataKeyFeed), config.limits())) {
                meters.gauge("latchkey.tasks.running", tasks, TaskConsumer::running);
                meters.gauge("latchkey.unseal.cache", unsealer, CachingUnsealer::size);
                meters.gauge("latchkey.data.keys.cache", dataKeyOpener, CachingDataKeyOpener::size);
                LOG.info("Agent-worker listens port={}", http.port());
                shutdown.await();
            }
        }
    }

    private static <V extends SpecificRecord> TopicFeed.Source<V> source(
            Topic<V> topic, WireFormat format, Inlet.Rule<V> rule) {
        return new TopicFeed.Source<>(topic, new Inlet<>(format.reader(topic), rule));
    }

    private static boolean hasCaughtUp(TopicFeed<?> credentials, TopicFeed<?> dataKeys) {
        return credentials.getAsBoolean() && dataKeys.getAsBoolean();
    }

    private static void requireTopics(KafkaSettings kafka) {
        Parts.requireKafka(
                kafka,
                Topics.CREDENTIALS,
                Topics.DATA_KEYS,
                Topics.AGENT_TASKS,
                Topics.AGENT_RESULTS,
                Topics.KEY_USES,
                Topics.DEAD_LETTERS);
    }
}
