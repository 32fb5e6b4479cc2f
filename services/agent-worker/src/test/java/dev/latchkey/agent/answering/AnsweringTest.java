package dev.latchkey.agent.answering;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.DEADLINE;
import static dev.latchkey.agent.Samples.KEY_TEXT;
import static dev.latchkey.agent.Samples.MASKED;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.PROMPT;
import static dev.latchkey.agent.Samples.TASK;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.agent.credentials.CatchUp;
import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agents.Agent;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.ContentRefused;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.Message;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.Role;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AnsweringTest {
    private static final CallOutcome ANSWER =
            CallOutcome.Answered.inWords("Well.", new CallOutcome.Tokens(12L, 34L), "gpt-4o-mini-2024");

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final CredentialView view = new CredentialView(clock);
    private final RunningCalls running = new RunningCalls();
    private final List<ChatCall> calls = new ArrayList<>();
    private CatchUp catchUp = deadline -> true;

    @Test
    void answersWithTheUsersOwnKeyAndSaysWhich() throws Exception {
        view.changed(credential().build());
        var keysUsed = new ArrayList<String>();

        var result = answering(call -> {
                    keysUsed.add(call.key().reveal(String::strip));
                    return ANSWER;
                })
                .answer(task().build());

        assertThat(result).isEqualTo(result(new AnswerGiven("Well.", 12L, 34L, "gpt-4o-mini-2024"), MASKED));
        assertThat(keysUsed).containsExactly(KEY_TEXT);
    }

    @Test
    void asksTheAgentsModelWithTheAgentsInstructionsFirst() throws Exception {
        view.changed(credential().build());

        answering(recording(ANSWER)).answer(task().build());

        var call = calls.getFirst();
        assertThat(call.model()).isEqualTo(new ChatCall.Model("openai", "gpt-4o-mini", null));
        assertThat(call.conversation().messages())
                .containsExactly(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "How did I do?"));
        assertThat(call.patience()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void waitsForAProviderNoLongerThanTheDeadline() throws Exception {
        view.changed(credential().build());

        answering(recording(ANSWER))
                .answer(task().setDeadline(NOW.plusSeconds(7)).build());

        assertThat(calls.getFirst().patience()).isEqualTo(Duration.ofSeconds(7));
    }

    static List<Arguments> outcomes() {
        return List.of(
                Arguments.of(new CallOutcome.KeyRefused("why"), new KeyRefused("why")),
                Arguments.of(new CallOutcome.RateLimited(Duration.ofSeconds(7)), new RateLimited(7000L)),
                Arguments.of(new CallOutcome.RateLimited(null), new RateLimited(null)),
                Arguments.of(new CallOutcome.Unavailable("why"), new ProviderUnavailable("why", null)),
                Arguments.of(
                        new CallOutcome.Unavailable("why", Duration.ofSeconds(7)),
                        new ProviderUnavailable("why", 7_000L)),
                Arguments.of(new CallOutcome.RequestRefused("why"), new RequestRefused("why", false)),
                Arguments.of(new CallOutcome.Declined("Why."), new RequestRefused("Why.", true)),
                Arguments.of(new CallOutcome.ContentRefused("why"), new ContentRefused("why")));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void reportsEveryOutcomeOfACall(CallOutcome outcome, Object event) throws Exception {
        view.changed(credential().build());

        assertThat(answering(recording(outcome)).answer(task().build())).isEqualTo(result(event, MASKED));
        assertThat(calls).hasSize(1);
    }

    @Test
    void makesNoCallOnceTheDeadlineHasPassed() throws Exception {
        view.changed(credential().build());

        var result = answering(recording(ANSWER)).answer(task().setDeadline(NOW).build());

        assertThat(result).isEqualTo(result(new DeadlinePassed(NOW), null));
        assertThat(calls).isEmpty();
    }

    @Test
    void makesNoCallWithADeletedCredential() throws Exception {
        view.changed(deletedCredential());

        var result = answering(recording(ANSWER)).answer(task().build());

        assertThat(result).isEqualTo(result(new CredentialUnusable("the credential was deleted", true), null));
        assertThat(calls).isEmpty();
    }

    @Test
    void makesNoCallWhenTheCredentialIsDeletedWhileTheKeyIsOpened() throws Exception {
        view.changed(credential().build());
        var key = new ApiKey(KEY_TEXT);
        Unsealer slow = (stored, owner) -> deletedMeanwhile(key, owner);

        var result = answering(slow, recording(ANSWER)).answer(task().build());

        assertThat(result).isEqualTo(result(new CredentialUnusable("the credential was deleted", true), null));
        assertThat(calls).isEmpty();
        assertThatThrownBy(key::masked).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void makesNoCallAfterTheKeyWasOpenedUntilItIsKnownWhatWasDeletedMeanwhile() throws Exception {
        view.changed(credential().build());
        var key = new ApiKey(KEY_TEXT);
        Unsealer losingTouch = (stored, owner) -> {
            catchUp = deadline -> {
                view.changed(deletedCredential());
                return true;
            };
            return new Unsealed.Opened(key);
        };

        var result = answering(losingTouch, recording(ANSWER)).answer(task().build());

        assertThat(result).isEqualTo(result(new CredentialUnusable("the credential was deleted", true), null));
        assertThat(calls).isEmpty();
        assertThatThrownBy(key::masked).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void makesNoCallWhileItIsNotKnownWhatWasDeleted() throws Exception {
        view.changed(credential().build());
        var key = new ApiKey(KEY_TEXT);
        Unsealer losingTouch = (stored, owner) -> {
            catchUp = deadline -> false;
            return new Unsealed.Opened(key);
        };

        var result = answering(losingTouch, recording(ANSWER)).answer(task().build());

        assertThat(result).isEqualTo(result(new DeadlinePassed(DEADLINE), null));
        assertThat(calls).isEmpty();
        assertThatThrownBy(key::masked).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsACallWhoseCredentialIsDeletedAndSaysWhichKeyItRanOn() throws Exception {
        view.changed(credential().build());
        Provider deletedDuringTheCall = call -> {
            calls.add(call);
            CredentialListener.inOrder(view, running).changed(deletedCredential());
            Thread.sleep(Duration.ofMinutes(1));
            return ANSWER;
        };

        var result = answering(deletedDuringTheCall).answer(task().build());

        assertThat(result)
                .isEqualTo(
                        result(new CredentialUnusable("the credential was deleted while its call ran", true), MASKED));
        assertThatThrownBy(() -> calls.getFirst().key().masked()).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void wipesTheKeyAfterTheCall() throws Exception {
        view.changed(credential().build());

        answering(recording(ANSWER)).answer(task().build());

        assertThatThrownBy(() -> calls.getFirst().key().masked()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAnAgentThatIsNotThere() throws Exception {
        view.changed(credential().build());

        var result = answering(recording(ANSWER)).answer(task().setAgent("poet").build());

        assertThat(result).isEqualTo(result(new RequestRefused("There is no agent of that name.", true), null));
    }

    private Unsealed deletedMeanwhile(ApiKey key, KeyOwner owner) {
        assertThat(owner.userId()).isEqualTo(ADA);
        view.changed(deletedCredential());
        return new Unsealed.Opened(key);
    }

    private Provider recording(CallOutcome outcome) {
        return call -> {
            calls.add(call);
            return outcome;
        };
    }

    private Answering answering(Provider provider) {
        return answering(new FakeVault(), provider);
    }

    private Answering answering(Unsealer unsealer, Provider provider) {
        var keys = new Keys(
                view,
                new KeyOpener(unsealer, use -> {}, UUID::randomUUID, clock),
                Keys.SystemKey.none(),
                new Keys.Waiting(clock, Duration.ofMillis(10), deadline -> catchUp.before(deadline)));
        var analyst = new Agent("analyst", "Be brief.", Set.of(), Set.of(), new Agent.Limits(1, 1));
        var toolbox = new Toolbox(List.of(), arguments -> Optional.empty());
        return new Answering(
                new Answering.Team(Agents.of(List.of(analyst)), toolbox),
                keys,
                new Answering.Calls(provider, running, new Cancellations(clock, running)),
                new Answering.Timing(clock, Duration.ofMinutes(2)));
    }

    private static AgentResult result(Object outcome, @Nullable String maskedKey) {
        return new AgentResult(
                TASK, PROMPT, ADA, 1, outcome, maskedKey, NOW, NOW, null, false, false, List.of(), null, List.of());
    }
}
