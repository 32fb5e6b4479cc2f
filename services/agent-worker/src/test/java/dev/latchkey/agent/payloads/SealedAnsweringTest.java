package dev.latchkey.agent.payloads;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.DEADLINE;
import static dev.latchkey.agent.Samples.MASKED;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.PROMPT;
import static dev.latchkey.agent.Samples.TASK;
import static dev.latchkey.agent.Samples.systemTask;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.agent.credentials.CatchUp;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.Message;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.Role;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
import dev.latchkey.schemas.SealedContents;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.PayloadSealer;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.SealedPayload;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.caching.CachingDataKeyOpener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SealedAnsweringTest {
    private static final UUID KEY_ID = UUID.fromString("01900000-0000-7000-8000-0000000000d0");
    private static final List<Message> QUESTION = List.of(new Message(Role.USER, "How did I do?"));

    private static final StepMade STEP = new StepMade(
            "Let me look.",
            List.of(new ToolCall("c1", "price", "{\"symbol\":\"BTC-USD\"}", null)),
            List.of(new ToolResult("c1", "{\"price\":\"1.5\"}")));

    private final PayloadSealer sealer = new PayloadSealer(new SecureRandom());
    private final FakeVault vault = new FakeVault();
    private final String wrapped = vault.make(ADA).ciphertext();
    private final CachingDataKeyOpener opener =
            new CachingDataKeyOpener(vault, new CacheLimits(10, Duration.ofSeconds(60)));
    private final List<AgentTask> answered = new ArrayList<>();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final DataKeyView view = new DataKeyView(clock, opener::forget);
    private CatchUp catchUp = deadline -> true;

    @Test
    void answersASealedPromptAndSealsTheAnswerForItsUserAlone() throws Exception {
        view.changed(dataKey(wrapped));

        var result = answering(giving("Well.")).answer(sealedTask());

        assertThat(answered).containsExactly(task().build());
        assertThat(result.getOutcome()).isEqualTo(new AnswerGiven("", 1L, 2L, "m"));
        assertThat(result.getMaskedKey()).isEqualTo(MASKED);
        assertThat(open(result.getSealedAnswer())).isEqualTo("Well.");
        assertThat(result.toString()).doesNotContain("Well.");
    }

    @Test
    void leavesPlainPromptsAsTheyAre() throws Exception {
        var result = answering(giving("Well.")).answer(task().build());

        assertThat(result).isEqualTo(result(new AnswerGiven("Well.", 1L, 2L, "m"), MASKED));
    }

    @Test
    void passesEveryOtherOutcomeOn() throws Exception {
        view.changed(dataKey(wrapped));

        var result = answering(task -> result(new KeyRefused("why"), MASKED)).answer(sealedTask());

        assertThat(result).isEqualTo(result(new KeyRefused("why"), MASKED));
    }

    @Test
    void refusesWhatDoesNotOpenWithoutACall() throws Exception {
        view.changed(dataKey(wrapped));
        byte[] changed = bytes(seal(SealedContents.messages(QUESTION), KEY_ID, PROMPT));
        changed[changed.length - 1] ^= 1;

        assertThat(reason(ByteBuffer.wrap(changed))).isEqualTo("The sealed messages do not open, or are none.");
        assertThat(reason(seal(SealedContents.messages(QUESTION), KEY_ID, UUID.randomUUID())))
                .isEqualTo("The sealed messages do not open, or are none.");
        assertThat(reason(seal(SealedContents.messages(List.of()), KEY_ID, PROMPT)))
                .isEqualTo("The sealed messages do not open, or are none.");
        assertThat(reason(seal(new byte[] {1, 2, 3}, KEY_ID, PROMPT)))
                .isEqualTo("The sealed messages do not open, or are none.");
        assertThat(reason(ByteBuffer.allocate(45))).isEqualTo("The sealed messages are not in a known format.");
        assertThat(reason(seal(SealedContents.messages(QUESTION), UUID.randomUUID(), PROMPT)))
                .isEqualTo("The messages are not sealed under the user's data key.");
        assertThat(answered).isEmpty();
    }

    @Test
    void refusesAForgottenUserEvenWhenOlderRecordsAreReadAgain() throws Exception {
        view.changed(dataKey(wrapped));
        answering(giving("Well.")).answer(sealedTask());
        view.changed(dataKey(null));
        view.changed(dataKey(wrapped));

        assertThat(reason(sealedTask().getSealedMessages())).isEqualTo("The user was forgotten.");
        assertThat(opener.size()).isZero();
        assertThat(answered).hasSize(1);
    }

    @Test
    void refusesAForgottenUsersPlainPromptsOnTheSystemsKey() throws Exception {
        view.changed(dataKey(null));

        var result = answering(giving("Well.")).answer(systemTask().build());

        assertThat(result).isEqualTo(result(new RequestRefused("The user was forgotten.", true), null));
        assertThat(answered).isEmpty();
    }

    @Test
    void throwsThePlainAnswerAwayWhoseUserWasForgottenMeanwhile() throws Exception {
        Answerer forgetting = task -> {
            view.changed(dataKey(null));
            return giving("Well.").answer(task);
        };

        var result = answering(forgetting).answer(systemTask().build());

        assertThat(result).isEqualTo(result(new RequestRefused("The user was forgotten.", true), MASKED));
    }

    @Test
    void answersNothingPlainWhileItIsNotKnownWhoWasForgotten() throws Exception {
        catchUp = deadline -> false;

        var result = answering(giving("Well.")).answer(systemTask().build());

        assertThat(result).isEqualTo(result(new DeadlinePassed(DEADLINE), null));
        assertThat(answered).isEmpty();
    }

    @Test
    void throwsAnAnswerAwayWhoseUserWasForgottenMeanwhile() throws Exception {
        view.changed(dataKey(wrapped));
        Answerer forgetting = task -> {
            view.changed(dataKey(null));
            return giving("Well.").answer(task);
        };

        var result = answering(forgetting).answer(sealedTask());

        assertThat(result).isEqualTo(result(new RequestRefused("The user was forgotten.", true), MASKED));
    }

    @Test
    void waitsForADataKeyThatIsOnItsWay() throws Exception {
        var late = Thread.startVirtualThread(() -> view.changed(dataKey(wrapped)));

        var result = answering(giving("Well.")).answer(sealedTask());
        late.join();

        assertThat(result.getOutcome()).isInstanceOf(AnswerGiven.class);
    }

    @Test
    void waitsForVaultUpToTheDeadline() throws Exception {
        view.changed(dataKey(wrapped));
        vault.goAway();
        var passing = Thread.startVirtualThread(() -> now = DEADLINE);

        var result = answering(giving("Well.")).answer(sealedTask());
        passing.join();

        assertThat(result.getOutcome()).isEqualTo(new DeadlinePassed(DEADLINE));
        assertThat(answered).isEmpty();
    }

    @Test
    void opensNothingWhileItIsNotKnownWhoWasForgotten() throws Exception {
        view.changed(dataKey(wrapped));
        catchUp = deadline -> false;

        var result = answering(giving("Well.")).answer(sealedTask());

        assertThat(result.getOutcome()).isEqualTo(new DeadlinePassed(DEADLINE));
        assertThat(answered).isEmpty();
    }

    /** The master key was rotated and what it wrapped before does not open any more: the news of it is on the topic. */
    @Test
    void opensWithTheKeyThatWasWrappedAnewMeanwhile() throws Exception {
        view.changed(dataKey("fake:v1:b3V0ZGF0ZWQ="));
        catchUp = deadline -> {
            view.changed(dataKey(wrapped));
            return true;
        };

        var result = answering(giving("Well.")).answer(sealedTask());

        assertThat(open(result.getSealedAnswer())).isEqualTo("Well.");
    }

    @Test
    void saysThatADataKeyIsWrappedUnderAnotherMasterKey() throws Exception {
        view.changed(DataKeyChanged.newBuilder(dataKey(wrapped))
                .setEncryptionKeyId("another")
                .build());

        assertThat(reason(sealedTask().getSealedMessages()))
                .isEqualTo("The sealed messages can not be read: the data key is wrapped under another master key.");
    }

    private String reason(ByteBuffer sealedMessages) throws InterruptedException {
        var result = answering(giving("Well.")).answer(sealedTask(sealedMessages));
        assertThat(result.getMaskedKey()).isNull();
        var refused = (RequestRefused) result.getOutcome();
        assertThat(refused.getByWorker()).isTrue();
        return refused.getReason();
    }

    private Answerer giving(String text) {
        return task -> {
            answered.add(task);
            return result(new AnswerGiven(text, 1L, 2L, "m"), MASKED);
        };
    }

    private SealedAnswering answering(Answerer answerer) {
        var waiting = new Keys.Waiting(clock, Duration.ofMillis(1), deadline -> catchUp.before(deadline));
        var format = new SealedMessages.Format(SealedContents::readMessages, SealedContents::readSteps);
        return new SealedAnswering(
                new SealedAnswering.Answerers(answerer, answerer),
                new SealedMessages(view, opener, format, waiting),
                new SealedAnswering.Sealing(sealer, SealedContents::steps),
                clock);
    }

    @Test
    void opensTheStepsOfASealedPromptAndSealsThemAgainWithWhatCameToThem() throws Exception {
        view.changed(dataKey(wrapped));
        var pending = new ToolCall("c2", "propose_order", "{\"symbol\":\"BTC-USD\"}", "signed");
        var next = new StepMade("Buy?", List.of(pending), List.of());
        Answerer goingOn = task -> {
            answered.add(task);
            return AgentResult.newBuilder(result(new AnswerGiven("Buy?", 1L, 2L, "m"), MASKED))
                    .setUnfinished(true)
                    .setSteps(List.of(STEP, next))
                    .setPendingCalls(List.of(pending))
                    .build();
        };

        var result = answering(goingOn).answer(sealedTaskWith(sealSteps(KEY_ID, PROMPT)));

        assertThat(answered).containsExactly(task().setSteps(List.of(STEP)).build());
        assertThat(openSteps(result)).containsExactly(STEP, next);
        assertThat(AgentResult.newBuilder(result).setSealedSteps(null).build())
                .isEqualTo(AgentResult.newBuilder(result(new AnswerGiven("", 1L, 2L, "m"), MASKED))
                        .setUnfinished(true)
                        .setPendingCalls(List.of(new ToolCall("c2", "propose_order", "", null)))
                        .build());
        assertThat(result.toString()).doesNotContain("BTC", "Buy", "signed");
    }

    @Test
    void sealsTheStepsWhateverTheOutcome() throws Exception {
        view.changed(dataKey(wrapped));
        Answerer refused = task -> AgentResult.newBuilder(result(new KeyRefused("why"), MASKED))
                .setSteps(task.getSteps())
                .build();

        var result = answering(refused).answer(sealedTaskWith(sealSteps(KEY_ID, PROMPT)));

        assertThat(openSteps(result)).containsExactly(STEP);
        assertThat(result.getSteps()).isEmpty();
        assertThat(result.getSealedAnswer()).isNull();
    }

    @Test
    void givesTheStepsBackAsTheyCameWhenItCanNotOpenThem() throws Exception {
        view.changed(dataKey(wrapped));
        var ofAnother = sealSteps(KEY_ID, UUID.randomUUID());
        catchUp = deadline -> false;

        var late = answering(giving("Well.")).answer(sealedTaskWith(ofAnother));
        catchUp = deadline -> true;
        var unreadable = answering(giving("Well.")).answer(sealedTaskWith(ofAnother));
        var underAnotherKey = answering(giving("Well.")).answer(sealedTaskWith(sealSteps(UUID.randomUUID(), PROMPT)));

        assertThat(List.of(late.getOutcome(), unreadable.getOutcome(), underAnotherKey.getOutcome()))
                .containsExactly(
                        new DeadlinePassed(DEADLINE),
                        new RequestRefused("The sealed steps do not open, or are none.", true),
                        new RequestRefused("The sealed steps do not open, or are none.", true));
        assertThat(List.of(late.getSealedSteps(), unreadable.getSealedSteps())).containsExactly(ofAnother, ofAnother);
        assertThat(answered).isEmpty();
    }

    @Test
    void keepsNoStepsOfAUserWhoWasForgottenMeanwhile() throws Exception {
        view.changed(dataKey(wrapped));
        Answerer forgetting = task -> {
            view.changed(dataKey(null));
            return AgentResult.newBuilder(result(new KeyRefused("why"), MASKED))
                    .setSteps(task.getSteps())
                    .build();
        };

        var result = answering(forgetting).answer(sealedTaskWith(sealSteps(KEY_ID, PROMPT)));

        assertThat(result).isEqualTo(result(new RequestRefused("The user was forgotten.", true), MASKED));
    }

    private ByteBuffer sealSteps(UUID keyId, UUID promptId) {
        return seal(
                SealedContents.steps(List.of(STEP)),
                keyId,
                new SealedField(ADA, promptId, SealedField.Name.PROMPT_STEPS));
    }

    private AgentTask sealedTaskWith(ByteBuffer sealedSteps) {
        return AgentTask.newBuilder(sealedTask()).setSealedSteps(sealedSteps).build();
    }

    private List<StepMade> openSteps(AgentResult result) {
        var field = new SealedField(ADA, PROMPT, SealedField.Name.PROMPT_STEPS);
        var payload = SealedPayload.parse(Objects.requireNonNull(result.getSealedSteps()))
                .orElseThrow();
        return payload.open(key(), field).flatMap(SealedContents::readSteps).orElseThrow();
    }

    private AgentTask sealedTask() {
        return sealedTask(seal(SealedContents.messages(QUESTION), KEY_ID, PROMPT));
    }

    private static AgentTask sealedTask(ByteBuffer sealedMessages) {
        return task().setMessages(List.of()).setSealedMessages(sealedMessages).build();
    }

    private ByteBuffer seal(byte[] plaintext, UUID keyId, UUID promptId) {
        return seal(plaintext, keyId, new SealedField(ADA, promptId, SealedField.Name.PROMPT_MESSAGES));
    }

    private ByteBuffer seal(byte[] plaintext, UUID keyId, SealedField field) {
        return sealer.seal(plaintext, new PayloadSealer.Under(keyId, key()), field);
    }

    private String open(@Nullable ByteBuffer sealedAnswer) {
        var answer = new SealedField(ADA, PROMPT, SealedField.Name.PROMPT_ANSWER);
        var payload = SealedPayload.parse(Objects.requireNonNull(sealedAnswer)).orElseThrow();
        assertThat(payload.open(key(), new SealedField(BOB, PROMPT, SealedField.Name.PROMPT_ANSWER)))
                .isEmpty();
        return new String(payload.open(key(), answer).orElseThrow(), StandardCharsets.UTF_8);
    }

    private DataKey key() {
        return ((Unwrapped.Opened) new FakeVault().unwrap(new WrappedKey(wrapped, FakeVault.KEY_ID), ADA)).key();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static DataKeyChanged dataKey(@Nullable String wrappedKey) {
        return DataKeyChanged.newBuilder()
                .setEventId(UUID.randomUUID())
                .setUserId(ADA)
                .setKeyId(wrappedKey == null ? null : KEY_ID)
                .setWrappedKey(wrappedKey)
                .setEncryptionKeyId(wrappedKey == null ? null : FakeVault.KEY_ID)
                .setChangedAt(NOW)
                .build();
    }

    private static AgentResult result(Object outcome, @Nullable String maskedKey) {
        return AgentResult.newBuilder()
                .setTaskId(TASK)
                .setPromptId(PROMPT)
                .setUserId(ADA)
                .setAttempt(1)
                .setOutcome(outcome)
                .setMaskedKey(maskedKey)
                .setStartedAt(NOW)
                .setFinishedAt(NOW)
                .build();
    }
}
