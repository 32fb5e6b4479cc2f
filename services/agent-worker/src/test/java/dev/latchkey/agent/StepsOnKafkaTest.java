package dev.latchkey.agent;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.PROMPT;
import static dev.latchkey.agent.Samples.control;
import static dev.latchkey.agent.Samples.systemTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.latchkey.agent.answering.Answering;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.Cancellations;
import dev.latchkey.agent.answering.ControlRule;
import dev.latchkey.agent.answering.Provider;
import dev.latchkey.agent.answering.RunningCalls;
import dev.latchkey.agent.answering.Toolbox;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agent.json.JsonArguments;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.KeyUseLog;
import dev.latchkey.agent.kafka.OrderProposals;
import dev.latchkey.agent.kafka.Outlet;
import dev.latchkey.agent.kafka.Producers;
import dev.latchkey.agent.kafka.TopicFeed;
import dev.latchkey.agent.tools.ProposeOrder;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.OrderProposed;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolDecision;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.testing.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks, decisions, cancellations and proposals as records on a real broker. */
@SuppressWarnings("NullAway.Init")
final class StepsOnKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ToolCall PROPOSAL = new ToolCall("c1", "propose_order", """
            {"symbol": "BTC-USD", "side": "buy", "quantity": "0.5", "limit_price": "64000"}""", null);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final InMemoryFormat format = DoomedWorker.format();
    private final RunningCalls running = new RunningCalls();
    private final Cancellations cancellations = new Cancellations(clock, running);
    private final AtomicInteger calls = new AtomicInteger();

    @TempDir
    private Path directory;

    private Broker broker;
    private KafkaSettings kafka;
    private Wiretap wiretap;
    private Producer<byte[], byte[]> producer;
    private TopicFeed<RunControlled> feed;

    @BeforeEach
    void start() {
        broker = Broker.start(directory);
        broker.create(
                1,
                Topics.RUN_CONTROLS,
                Topics.AGENT_TASKS,
                Topics.AGENT_RESULTS,
                Topics.KEY_USES,
                Topics.ORDERS_PROPOSED,
                Topics.DEAD_LETTERS);
        kafka = DoomedWorker.kafka(broker.bootstrap());
        wiretap = new Wiretap(kafka, format);
        producer = Producers.open(kafka);
        feed = TopicFeed.start(
                kafka,
                new TopicFeed.Source<>(
                        Topics.RUN_CONTROLS, new Inlet<>(format.reader(Topics.RUN_CONTROLS), ControlRule::brokenBy)),
                cancellations::heard,
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        feed.close();
        producer.close();
        wiretap.close();
        broker.close();
    }

    @Test
    void publishesAnApprovedProposalUnderItsUserAndTheUseOfTheKeyBeforeTheCall() throws Exception {
        var step = new StepMade("Shall I?", List.of(PROPOSAL), List.of());

        try (var _ = worker(answering())) {
            wiretap.put(
                    Topics.AGENT_TASKS,
                    ADA.toString(),
                    systemTask()
                            .setAgent("trader")
                            .setStep(2)
                            .setSteps(List.of(step))
                            .setDecisions(List.of(new ToolDecision("c1", true)))
                            .build());

            var result = wiretap.await(Topics.AGENT_RESULTS, 1).getFirst().event();
            var order = wiretap.await(Topics.ORDERS_PROPOSED, 1).getFirst();
            assertThat(order.key()).isEqualTo(ADA.toString());
            assertThat(order.event())
                    .returns(PROMPT, OrderProposed::getPromptId)
                    .returns("BTC-USD", OrderProposed::getSymbol);
            assertThat(result.getSteps().getFirst().getResults().getFirst().getText())
                    .contains(order.event().getOrderId().toString());
            assertThat(wiretap.await(Topics.KEY_USES, 1).getFirst().event())
                    .returns(ADA, KeyUsed::getUserId)
                    .returns(null, KeyUsed::getCredentialId)
                    .returns(PROMPT, KeyUsed::getPromptId);
        }
    }

    @Test
    void cutsACallOffWhoseRunIsCancelledAndMakesNoneThatComesAfter() throws Exception {
        try (var _ = worker(hanging())) {
            wiretap.put(Topics.AGENT_TASKS, ADA.toString(), systemTask().build());
            await().atMost(PATIENCE).until(() -> calls.get() == 1);

            var cancelled = control(RunControl.CANCELLED).build();
            wiretap.put(Topics.RUN_CONTROLS, "somebody else", cancelled);
            wiretap.put(Topics.RUN_CONTROLS, ADA.toString(), cancelled);
            wiretap.await(Topics.AGENT_RESULTS, 1);
            wiretap.put(
                    Topics.AGENT_TASKS,
                    ADA.toString(),
                    systemTask().setTaskId(UUID.randomUUID()).setAttempt(2).build());

            assertThat(wiretap.await(Topics.AGENT_RESULTS, 2))
                    .extracting(Wiretap.Published::event)
                    .extracting(AgentResult::getOutcome, AgentResult::getCancelled)
                    .containsOnly(tuple(new RequestRefused("The run was cancelled.", true), true));
            assertThat(calls).hasValue(1);
        }
    }

    private Provider answering() {
        return call -> CallOutcome.Answered.inWords("Well.", new CallOutcome.Tokens(1L, 1L), null);
    }

    private Provider hanging() {
        return call -> {
            calls.incrementAndGet();
            new CountDownLatch(1).await();
            throw new IllegalStateException("never");
        };
    }

    private Worker worker(Provider provider) {
        var uses = new KeyUseLog(new Outlet<>(producer, Topics.KEY_USES, format));
        var opener = new KeyOpener(new FakeVault(), uses, UUID::randomUUID, clock);
        var keys = new Keys(
                new CredentialView(clock),
                opener,
                new Keys.SystemKey("openai", new ApiKey("sk-system-0123456789-9999")),
                new Keys.Waiting(clock, Duration.ofMillis(50), deadline -> true));
        var proposals = new OrderProposals(new Outlet<>(producer, Topics.ORDERS_PROPOSED, format));
        var toolbox = new Toolbox(List.of(new ProposeOrder(proposals, clock)), new JsonArguments());
        var answering = new Answering(
                new Answering.Team(Agents.shipped(), toolbox),
                keys,
                new Answering.Calls(provider, running, cancellations),
                new Answering.Timing(clock, Duration.ofSeconds(30)));
        return Worker.start(kafka, format, answering, feed);
    }
}
