package dev.latchkey.router.runs;

import static dev.latchkey.events.RunReason.CONTENT_REFUSED;
import static dev.latchkey.events.RunReason.DEADLINE_PASSED;
import static dev.latchkey.events.RunReason.KEY_REFUSED;
import static dev.latchkey.events.RunReason.REQUEST_REFUSED;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.ContentRefused;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.ToolCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the end of an attempt means for its run. */
sealed interface Outcome {
    String DEADLINE_SENTENCE = "The deadline passed before an answer came.";

    /** Without text when the answer is sealed. */
    record Answered(AnswerGiven answer, @Nullable ByteBuffer sealedAnswer) implements Outcome {}

    /** The model wants to use tools: some were used, some the user has to decide about. */
    record Unfinished(AnswerGiven answer, List<ToolCall> pending) implements Outcome {}

    /** Another attempt may succeed; it waits as long as the provider asks, if it says so. */
    record Passing(String trouble, Optional<Duration> pause) implements Outcome {}

    /** No attempt with this key and this request can succeed. */
    record Failed(RunReason reason, String message) implements Outcome {}

    /** The key could not be used: no call was made with it, or the call was cut off. */
    record Unusable(String why) implements Outcome {}

    /** The worker heard that the run was cancelled, maybe before this service does. */
    record Cancelled() implements Outcome {}

    /** The worker heard that the credential was deleted, maybe before this service does. */
    record Deleted() implements Outcome {}

    /** The one place that reads Avro's union, which Java sees as an Object. Bytes of another branch are not decoded. */
    static Outcome of(AgentResult result, String provider) {
        return switch (result.getOutcome()) {
            case AnswerGiven answer when result.getUnfinished() -> new Unfinished(answer, result.getPendingCalls());
            case AnswerGiven answer -> new Answered(answer, result.getSealedAnswer());
            case RateLimited limited ->
                new Passing(provider + " asks to come back later", pause(limited.getRetryAfterMillis()));
            case ProviderUnavailable away ->
                new Passing(provider + " is unavailable: " + away.getReason(), pause(away.getRetryAfterMillis()));
            case KeyRefused refused -> new Failed(KEY_REFUSED, provider + " refused the key: " + refused.getReason());
            case RequestRefused _ when result.getCancelled() -> new Cancelled();
            case RequestRefused refused -> new Failed(REQUEST_REFUSED, sentence(refused, provider));
            case ContentRefused refused ->
                new Failed(CONTENT_REFUSED, provider + " refused the content: " + refused.getReason());
            case CredentialUnusable unusable ->
                unusable.getDeleted() ? new Deleted() : new Unusable(unusable.getReason());
            case DeadlinePassed passed -> new Failed(DEADLINE_PASSED, DEADLINE_SENTENCE);
            default -> throw new IllegalArgumentException("no outcome of an attempt: " + result.getOutcome());
        };
    }

    /** What the model said, whether the run goes on or not. */
    static Optional<AnswerGiven> answerOf(AgentResult result) {
        return result.getOutcome() instanceof AnswerGiven answer ? Optional.of(answer) : Optional.empty();
    }

    static boolean isRefusedKey(AgentResult result) {
        return result.getOutcome() instanceof KeyRefused;
    }

    /** The provider is named for what it did, not for what it was never asked. */
    private static String sentence(RequestRefused refused, String provider) {
        return refused.getByWorker() ? refused.getReason() : provider + " refused the request: " + refused.getReason();
    }

    private static Optional<Duration> pause(@Nullable Long retryAfterMillis) {
        return Optional.ofNullable(retryAfterMillis).map(millis -> Duration.ofMillis(Math.max(0, millis)));
    }
}
