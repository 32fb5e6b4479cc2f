package dev.latchkey.agent.answering;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.DEADLINE;
import static dev.latchkey.agent.Samples.MASKED;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.PROMPT;
import static dev.latchkey.agent.Samples.TASK;
import static dev.latchkey.agent.Samples.control;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agent.json.JsonArguments;
import dev.latchkey.agents.Agent;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolDecision;
import dev.latchkey.events.ToolResult;
import dev.latchkey.sealing.FakeVault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent with two tools, {@code look} and {@code act}, of which it has to ask its user about the second one. */
final class AnsweringWithToolsTest {
    private static final ToolCall LOOK = new ToolCall("a", "look", "{\"at\":\"BTC\"}", null);
    private static final ToolCall ACT = new ToolCall("b", "act", "{}", null);
    private static final StepMade LOOKED =
            new StepMade("Let me look.", List.of(LOOK), List.of(new ToolResult("a", "look at BTC")));
    private static final StepMade ASKED =
            new StepMade("May I?", List.of(LOOK, ACT), List.of(new ToolResult("a", "look at BTC")));
    private static final CallOutcome.Tokens TOKENS = new CallOutcome.Tokens(12L, 34L);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final CredentialView view = new CredentialView(clock);
    private final RunningCalls running = new RunningCalls();
    private final Cancellations cancellations = new Cancellations(clock, running);
    private final List<ChatCall> questions = new ArrayList<>();
    private final List<Tool.Use> uses = new ArrayList<>();
    private final List<KeyUsed> keyUses = new ArrayList<>();

    @BeforeEach
    void start() {
        view.changed(credential().build());
    }

    @Test
    void offersTheModelTheToolsOfItsAgentAndShowsItTheStepsSoFar() throws Exception {
        var result = answering(inWords()).answer(withSteps(LOOKED));

        assertThat(questions)
                .singleElement()
                .extracting(ChatCall::conversation)
                .returns(List.of(LOOKED), Conversation::steps)
                .returns(List.of(new Act().offer(), new Look().offer()), Conversation::tools);
        assertThat(result).isEqualTo(finished(new AnswerGiven("Well.", 12L, 34L, "m"), LOOKED));
        assertThat(uses).isEmpty();
    }

    @Test
    void makesTheCallsThatTheModelWantsInTheirOrderAndGoesOn() throws Exception {
        var again = new ToolCall("c", "look", "{\"at\":\"ETH\"}", null);

        var result = answering(wanting("Let me look.", LOOK, again)).answer(task().build());

        var step = new StepMade(
                "Let me look.",
                List.of(LOOK, again),
                List.of(new ToolResult("a", "look at BTC"), new ToolResult("c", "look at ETH")));
        assertThat(result).isEqualTo(unfinished("Let me look.", List.of(), step));
        assertThat(uses)
                .containsExactly(
                        new Tool.Use(ADA, PROMPT, "a", Map.of("at", "BTC")),
                        new Tool.Use(ADA, PROMPT, "c", Map.of("at", "ETH")));
        assertThat(questions.getFirst().key().copy()).isEmpty();
    }

    @Test
    void leavesToTheUserWhatHasToBeApproved() throws Exception {
        var result = answering(wanting("May I?", LOOK, ACT)).answer(withSteps(LOOKED_BEFORE));

        assertThat(result).isEqualTo(unfinished("May I?", List.of(ACT), LOOKED_BEFORE, ASKED));
        assertThat(uses).extracting(Tool.Use::callId).containsExactly("a");
    }

    @Test
    void keepsWhatTheProviderWantsBackWithACallAndShowsItToNoUser() throws Exception {
        var look = new ToolCall("a", "look", "{\"at\":\"BTC\"}", "signed");
        var act = new ToolCall("b", "act", "{}", "signed, too");

        var result = answering(wanting("May I?", look, act)).answer(task().build());

        var step = new StepMade("May I?", List.of(look, act), List.of(new ToolResult("a", "look at BTC")));
        assertThat(result).isEqualTo(unfinished("May I?", List.of(ACT), step));
    }

    @Test
    void countsWhatTheProviderWantsBackAmongWhatBecomesTooMuch() throws Exception {
        var signed = new ToolCall("a", "look", "{\"at\":\"BTC\"}", "s".repeat(140_000));
        var steps = new StepMade("", List.of(signed), List.of(new ToolResult("a", "look at BTC")));

        var result = answering(inWords()).answer(withSteps(steps, steps));

        assertThat(result.getOutcome())
                .isEqualTo(new RequestRefused("What the tools were asked and told became too much for one run.", true));
    }

    @Test
    void makesAnApprovedCallAndTellsOfARejectedOneBeforeItAsksTheModelAgain() throws Exception {
        var other = new ToolCall("c", "act", "{\"at\":\"x\"}", null);
        var step = new StepMade("May I?", List.of(ACT, LOOK, other), List.of(new ToolResult("a", "look at BTC")));

        var result =
                answering(inWords()).answer(decided(step, new ToolDecision("b", true), new ToolDecision("c", false)));

        var done = new StepMade(
                "May I?",
                List.of(ACT, LOOK, other),
                List.of(
                        new ToolResult("b", "acted"),
                        new ToolResult("a", "look at BTC"),
                        new ToolResult("c", "The user does not want this.")));
        assertThat(result).isEqualTo(finished(new AnswerGiven("Well.", 12L, 34L, "m"), done));
        assertThat(questions.getFirst().conversation().steps()).containsExactly(done);
        assertThat(uses).containsExactly(new Tool.Use(ADA, PROMPT, "b", Map.of()));
    }

    @Test
    void makesNoDecidedCallASecondTime() throws Exception {
        var done = new StepMade("May I?", List.of(ACT), List.of(new ToolResult("b", "acted")));

        var result = answering(inWords()).answer(decided(done, new ToolDecision("b", true)));

        assertThat(result.getSteps()).containsExactly(done);
        assertThat(uses).isEmpty();
    }

    @Test
    void givesBackWhatWasDoneWhateverBecomesOfTheQuestion() throws Exception {
        var acted = new StepMade(
                "May I?",
                List.of(LOOK, ACT),
                List.of(new ToolResult("a", "look at BTC"), new ToolResult("b", "acted")));
        var decided = decided(ASKED, new ToolDecision("b", true));

        var failed = answering(giving(new CallOutcome.Unavailable("why"))).answer(decided);
        view.changed(deletedCredential());
        var denied = answering(inWords()).answer(decided);

        assertThat(failed).isEqualTo(finished(new ProviderUnavailable("why", null), acted));
        assertThat(denied.getOutcome()).isEqualTo(new CredentialUnusable("the credential was deleted", true));
        assertThat(denied.getSteps()).containsExactly(acted);
    }

    @Test
    void doesNothingOnceTheDeadlineHasPassed() throws Exception {
        var late = AgentTask.newBuilder(decided(ASKED, new ToolDecision("b", true)))
                .setDeadline(NOW)
                .build();

        var result = answering(inWords()).answer(late);

        assertThat(result.getOutcome()).isEqualTo(new DeadlinePassed(NOW));
        assertThat(result.getSteps()).containsExactly(ASKED);
        assertThat(uses).isEmpty();
    }

    @Test
    void tellsTheModelWhatIsWrongWithACall() throws Exception {
        var wrong = List.of(
                new ToolCall("1", "look", "[1]", null),
                new ToolCall("2", "look", "{\"at\"", null),
                new ToolCall("3", "look", "{}", null),
                new ToolCall("4", "look", "{\"at\":\"nowhere\"}", null),
                new ToolCall("5", "telex", "{}", null),
                new ToolCall("6", "", "{}", null),
                new ToolCall("7", "act", "{\"how\":\"slowly\"}", null),
                new ToolCall("8", "secret", "{}", null));

        var result = answering(wanting("", wrong.toArray(ToolCall[]::new))).answer(task().build());

        assertThat(result.getUnfinished()).isTrue();
        assertThat(result.getPendingCalls()).isEmpty();
        assertThat(result.getSteps())
                .containsExactly(new StepMade(
                        "",
                        List.of(
                                new ToolCall("1", "look", "{}", null),
                                new ToolCall("2", "look", "{}", null),
                                wrong.get(2),
                                wrong.get(3),
                                wrong.get(4),
                                new ToolCall("6", "unnamed", "{}", null),
                                wrong.get(6),
                                wrong.get(7)),
                        List.of(
                                new ToolResult("1", "The arguments are not a JSON object, so the call was not made."),
                                new ToolResult("2", "The arguments are not a JSON object, so the call was not made."),
                                new ToolResult("3", "at is missing."),
                                new ToolResult("4", "There is nothing there."),
                                new ToolResult("5", "There is no tool of that name."),
                                new ToolResult("6", "There is no tool of that name."),
                                new ToolResult("7", "how is one of fast, well."),
                                new ToolResult("8", "There is no tool of that name."))));
        assertThat(uses).isEmpty();
    }

    @Test
    void givesEveryCallAnIdOfItsOwnWithinTheRun() throws Exception {
        var nameless = new ToolCall("", "look", "{\"at\":\"1\"}", null);
        var taken = new ToolCall("a", "look", "{\"at\":\"2\"}", null);
        var imitating = new ToolCall("2-2", "look", "{\"at\":\"3\"}", null);
        var task = AgentTask.newBuilder(withSteps(LOOKED)).setStep(2).build();

        var result = answering(wanting("", nameless, imitating, taken, taken, nameless))
                .answer(task);

        var step = result.getSteps().getLast();
        assertThat(step.getCalls()).extracting(ToolCall::getCallId).containsExactly("2-0", "2-2", "2-2-", "2-3", "2-4");
        assertThat(step.getResults())
                .extracting(ToolResult::getCallId, ToolResult::getText)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"2-0\", \"look at 1\")",
                        "(\"2-2\", \"look at 3\")",
                        "(\"2-2-\", \"look at 2\")",
                        "(\"2-3\", \"look at 2\")",
                        "(\"2-4\", \"look at 1\")");
    }

    @Test
    void makesAtMostSixteenCallsAStepAndSaysSo() throws Exception {
        var seventeen = IntStream.range(0, 17)
                .mapToObj(i -> new ToolCall("c" + i, i == 16 ? "act" : "look", "{\"at\":\"x\"}", null))
                .toArray(ToolCall[]::new);

        var result = answering(wanting("", seventeen)).answer(task().build());

        assertThat(uses).hasSize(16);
        assertThat(result.getPendingCalls()).isEmpty();
        assertThat(result.getSteps().getFirst().getResults().getLast())
                .isEqualTo(new ToolResult("c16", "At most 16 calls are made at a time, and this one was not."));
    }

    @Test
    void cutsWhatATellsTooMuch() throws Exception {
        var much = new ToolCall("m", "look", "{\"at\":\"" + "x".repeat(20_000 - "look at ".length()) + "\"}", null);
        var tooMuch =
                new ToolCall("n", "look", "{\"at\":\"" + "x".repeat(19_999 - "look at ".length()) + "😀\"}", null);

        var results = answering(wanting("", much, tooMuch))
                .answer(task().build())
                .getSteps()
                .getFirst()
                .getResults();

        assertThat(results.getFirst().getText()).hasSize(20_000).endsWith("xxx");
        assertThat(results.getLast().getText()).endsWith("xxx\n[Cut after 20000 characters: there is more.]");
    }

    @Test
    void endsARunWhoseStepsBecomeTooMuch() throws Exception {
        var large = new ToolCall("l", "look", "{\"at\":\"" + "x".repeat(100_000) + "\"}", null);
        var steps = new StepMade("", List.of(large), List.of(new ToolResult("l", "y".repeat(20_000))));
        var two = Collections.nCopies(2, steps).toArray(StepMade[]::new);

        var fits = answering(wanting("", LOOK)).answer(withSteps(two));
        var asked = answering(wanting("", large, LOOK)).answer(withSteps(two));

        assertThat(fits.getUnfinished()).isTrue();
        assertThat(asked)
                .isEqualTo(finished(
                        new RequestRefused("What the tools were asked and told became too much for one run.", true),
                        two));
    }

    @Test
    void asksNobodyWhenWhatWasDecidedBecomesTooMuch() throws Exception {
        var large = new ToolCall("l", "look", "{\"at\":\"" + "x".repeat(131_000) + "\"}", null);
        var step = new StepMade("", List.of(large, new ToolCall("m", "look", large.getArguments(), null)), List.of());

        var result = answering(inWords()).answer(decided(step, new ToolDecision("l", true)));

        assertThat(result.getOutcome())
                .isEqualTo(new RequestRefused("What the tools were asked and told became too much for one run.", true));
        assertThat(result.getSteps()).containsExactly(step);
        assertThat(questions).isEmpty();
    }

    @Test
    void doesNothingForARunThatWasCancelledBefore() throws Exception {
        cancellations.heard(control(RunControl.CANCELLED).build());

        var result = answering(inWords()).answer(decided(ASKED, new ToolDecision("b", true)));

        assertThat(result.getOutcome()).isEqualTo(new RequestRefused("The run was cancelled.", true));
        assertThat(result.getCancelled()).isTrue();
        assertThat(questions).isEmpty();
        assertThat(uses).isEmpty();
        assertThat(keyUses).isEmpty();
    }

    @Test
    void cutsTheCallOffThatRunsWhenItsRunIsCancelled() throws Exception {
        Provider cancelledDuringTheCall = call -> {
            questions.add(call);
            cancellations.heard(control(RunControl.CANCELLED).build());
            Thread.sleep(Duration.ofMinutes(1));
            return answer("never");
        };

        var result = answering(cancelledDuringTheCall).answer(task().build());

        assertThat(result.getOutcome()).isEqualTo(new RequestRefused("The run was cancelled.", true));
        assertThat(result.getCancelled()).isTrue();
        assertThat(questions.getFirst().key().copy()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void usesNoToolForARunThatIsCancelledWhileItsModelAnswers() throws Exception {
        Provider cancelledAtTheEnd = call -> {
            cancellations.heard(control(RunControl.CANCELLED).build());
            return new CallOutcome.Answered("", List.of(LOOK), TOKENS, "m");
        };

        var result = answering(cancelledAtTheEnd).answer(task().build());

        assertThat(result.getOutcome()).isEqualTo(new RequestRefused("The run was cancelled.", true));
        assertThat(result.getCancelled()).isTrue();
        assertThat(uses).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cutsAToolOffThatRunsWhenItsRunIsCancelled() throws Exception {
        var slow = new ToolCall("s", "look", "{\"at\":\"length\"}", null);

        var result = answering(wanting("", slow)).answer(task().build());

        assertThat(result.getOutcome()).isEqualTo(new RequestRefused("The run was cancelled.", true));
        assertThat(result.getCancelled()).isTrue();
        assertThat(result.getUnfinished()).isFalse();
    }

    @Test
    void isNotMadeOfTwoToolsOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Toolbox(List.of(new Look(), new Look()), new JsonArguments()))
                .withMessage("two tools are called look");
    }

    private static final StepMade LOOKED_BEFORE = new StepMade(
            "First.",
            List.of(new ToolCall("z", "look", "{\"at\":\"x\"}", null)),
            List.of(new ToolResult("z", "look at x")));

    private final class Look implements Tool {
        @Override
        public ToolOffer offer() {
            return new ToolOffer(
                    "look", "Looks.", List.of(new ToolOffer.Parameter("at", "Where to.", true, List.of())));
        }

        @Override
        public Optional<String> objection(Map<String, String> arguments) {
            return Optional.of("There is nothing there.").filter(_ -> "nowhere".equals(arguments.get("at")));
        }

        @Override
        public String use(Use use) throws InterruptedException {
            uses.add(use);
            if (use.arguments().containsValue("length")) {
                cancellations.heard(control(RunControl.CANCELLED).build());
                Thread.sleep(Duration.ofMinutes(1));
            }
            return "look at " + use.arguments().get("at");
        }
    }

    private final class Act implements Tool {
        @Override
        public ToolOffer offer() {
            var how = new ToolOffer.Parameter("how", "In which way.", false, List.of("fast", "well"));
            return new ToolOffer("act", "Acts.", List.of(how));
        }

        @Override
        public String use(Use use) {
            uses.add(use);
            return "acted";
        }
    }

    /** Not the agent's. */
    private static final class Secret implements Tool {
        @Override
        public ToolOffer offer() {
            return new ToolOffer("secret", "Tells.", List.of());
        }

        @Override
        public String use(Use use) {
            throw new IllegalStateException("nobody may use this");
        }
    }

    private Answering answering(Provider provider) {
        var keys = new Keys(
                view,
                new KeyOpener(new FakeVault(), keyUses::add, UUID::randomUUID, clock),
                Keys.SystemKey.none(),
                new Keys.Waiting(clock, Duration.ofMillis(10), deadline -> true));
        var analyst =
                new Agent("analyst", "Be brief.", Set.of("look", "act"), Set.of("act"), new Agent.Limits(5, 1000));
        var toolbox = new Toolbox(List.of(new Look(), new Act(), new Secret()), new JsonArguments());
        return new Answering(
                new Answering.Team(Agents.of(List.of(analyst)), toolbox),
                keys,
                new Answering.Calls(provider, running, cancellations),
                new Answering.Timing(clock, Duration.ofMinutes(2)));
    }

    private Provider inWords() {
        return giving(answer("Well."));
    }

    private Provider wanting(String text, ToolCall... calls) {
        return giving(new CallOutcome.Answered(text, List.of(calls), TOKENS, "m"));
    }

    private Provider giving(CallOutcome outcome) {
        return call -> {
            questions.add(call);
            return outcome;
        };
    }

    private static CallOutcome answer(String text) {
        return CallOutcome.Answered.inWords(text, TOKENS, "m");
    }

    private static AgentTask withSteps(StepMade... steps) {
        return task().setDeadline(DEADLINE).setSteps(List.of(steps)).build();
    }

    private static AgentTask decided(StepMade step, ToolDecision... decisions) {
        return AgentTask.newBuilder(withSteps(step))
                .setStep(2)
                .setDecisions(List.of(decisions))
                .build();
    }

    private static AgentResult finished(Object outcome, StepMade... steps) {
        return new AgentResult(
                TASK, PROMPT, ADA, 1, outcome, MASKED, NOW, NOW, null, false, false, List.of(steps), null, List.of());
    }

    private static AgentResult unfinished(String text, List<ToolCall> pending, StepMade... steps) {
        var outcome = new AnswerGiven(text, 12L, 34L, "m");
        return new AgentResult(
                TASK, PROMPT, ADA, 1, outcome, MASKED, NOW, NOW, null, true, false, List.of(steps), null, pending);
    }
}
