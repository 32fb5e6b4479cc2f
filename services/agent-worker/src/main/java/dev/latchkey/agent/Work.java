package dev.latchkey.agent;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.agent.answering.Answering;
import dev.latchkey.agent.answering.Hearers;
import dev.latchkey.agent.answering.RunningCalls;
import dev.latchkey.agent.answering.TaskRule;
import dev.latchkey.agent.answering.Toolbox;
import dev.latchkey.agent.checking.StoredKeys;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agent.json.JsonArguments;
import dev.latchkey.agent.kafka.AnswerParts;
import dev.latchkey.agent.kafka.DeadLetters;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.KeyUseLog;
import dev.latchkey.agent.kafka.OrderProposals;
import dev.latchkey.agent.kafka.Outlet;
import dev.latchkey.agent.kafka.Records;
import dev.latchkey.agent.kafka.TaskConsumer.Gate;
import dev.latchkey.agent.kafka.TaskHandler;
import dev.latchkey.agent.langchain4j.LangChainProvider;
import dev.latchkey.agent.listing.ListingKeyCheck;
import dev.latchkey.agent.metrics.MeteredAnswerer;
import dev.latchkey.agent.payloads.SealedAnswering;
import dev.latchkey.agent.payloads.SealedMessages;
import dev.latchkey.agent.sharing.Bulkheads;
import dev.latchkey.agent.tools.Figures;
import dev.latchkey.agent.tools.PatientFigures;
import dev.latchkey.agent.tools.Pnl;
import dev.latchkey.agent.tools.Positions;
import dev.latchkey.agent.tools.Price;
import dev.latchkey.agent.tools.ProposeOrder;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.schemas.SealedContents;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.PayloadSealer;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/** What is done here, put together: tasks are answered, and stored keys are checked. */
final class Work {
    private static final Duration KEY_CHECK = Duration.ofSeconds(7);
    private static final Duration CATCH_UP = Duration.ofSeconds(2);
    private static final Duration VAULT_PAUSE = Duration.ofSeconds(1);
    private static final PatientFigures.Patience WITH_FIGURES =
            new PatientFigures.Patience(Duration.ofSeconds(10), Duration.ofMillis(500));

    private final AgentWorkerConfig config;
    private final Inside inside;
    private final Outside outside;
    private final Instruments instruments;
    private final KeyOpener opener;
    private final Bulkheads bulkheads;

    /** What is known and running here. */
    record Inside(Openers openers, News news, RunningCalls running) {}

    /** Who is asked, and where results go. */
    record Outside(Endpoints endpoints, Figures figures, Producer<byte[], byte[]> producer) {}

    /** Time, new ids and what is counted. */
    record Instruments(InstantSource clock, UuidSource ids, MeterRegistry meters) {}

    Work(AgentWorkerConfig config, Inside inside, Outside outside, Instruments instruments) {
        this.config = config;
        this.inside = inside;
        this.outside = outside;
        this.instruments = instruments;
        var uses = new KeyUseLog(outlet(Topics.KEY_USES));
        this.opener = new KeyOpener(inside.openers().keys(), uses, instruments.ids()::next, clock());
        this.bulkheads = new Bulkheads(forgettingAnswerer(), shares(), clock());
    }

    TaskHandler taskHandler() {
        return new TaskHandler(
                new Inlet<>(config.kafka().format().reader(Topics.AGENT_TASKS), TaskRule::brokenBy),
                new MeteredAnswerer(bulkheads, instruments.meters()),
                records(Topics.AGENT_RESULTS),
                new DeadLetters(records(Topics.DEAD_LETTERS), clock()));
    }

    /** Nothing is taken while it is not known what was deleted. */
    Gate gate() {
        return new Gate(inside.news()::areRecent, bulkheads::waiting);
    }

    StoredKeys storedKeys() {
        var credentials = inside.news().credentials();
        var freshness = new StoredKeys.Freshness(clock(), credentials.feed(), CATCH_UP);
        return new StoredKeys(
                credentials.view(), opener, new ListingKeyCheck(outside.endpoints(), KEY_CHECK), freshness);
    }

    private Answerer answerer(Hearers hearers) {
        var credentials = inside.news().credentials();
        var waiting = new Keys.Waiting(clock(), VAULT_PAUSE, credentials.feed());
        var calls = new Answering.Calls(
                new LangChainProvider(outside.endpoints(), clock()),
                inside.running(),
                inside.news().controls().view(),
                hearers);
        return new Answering(
                new Answering.Team(config.agents(), toolbox()),
                new Keys(credentials.view(), opener, config.systemKey(), waiting),
                calls,
                new Answering.Timing(clock(), config.longestCall()));
    }

    private Toolbox toolbox() {
        var figures = new PatientFigures(outside.figures(), clock(), WITH_FIGURES);
        var proposals = new OrderProposals(outlet(Topics.ORDERS_PROPOSED));
        return new Toolbox(
                List.of(
                        new Positions(figures),
                        new Pnl(figures),
                        new Price(figures),
                        new ProposeOrder(proposals, clock())),
                new JsonArguments());
    }

    /** Reads and seals what is sealed, and answers nobody who was forgotten. */
    private Answerer forgettingAnswerer() {
        var dataKeys = inside.news().dataKeys();
        var waiting = new Keys.Waiting(clock(), VAULT_PAUSE, dataKeys.feed());
        var format = new SealedMessages.Format(SealedContents::readMessages, SealedContents::readSteps);
        var messages = new SealedMessages(dataKeys.view(), inside.openers().dataKeys(), format, waiting);
        var sealing = new SealedAnswering.Sealing(new PayloadSealer(new SecureRandom()), SealedContents::steps);
        var parts = new AnswerParts(outside.producer(), config.kafka().format(), clock());
        var answerers = new SealedAnswering.Answerers(answerer(parts), answerer(Hearers.nobody()));
        return new SealedAnswering(answerers, messages, sealing, clock());
    }

    private Bulkheads.Shares shares() {
        var limits = config.limits();
        return new Bulkheads.Shares(limits.ofOneProvider(), limits.waiting());
    }

    private <V extends SpecificRecord> Outlet<V> outlet(Topic<V> topic) {
        return new Outlet<>(outside.producer(), topic, config.kafka().format());
    }

    private <V extends SpecificRecord> Records<V> records(Topic<V> topic) {
        return new Records<>(topic, config.kafka().format());
    }

    private InstantSource clock() {
        return instruments.clock();
    }
}
