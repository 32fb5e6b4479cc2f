package dev.latchkey.agent.payloads;

import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.Message;
import dev.latchkey.events.StepMade;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.SealedPayload;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.VaultUnavailable;
import dev.latchkey.sealing.WrappedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Opens sealed messages, and the steps that came of them. While Vault is away, and while it is not known who was forgotten lately, a task waits here, up to
 * its deadline.
 */
public final class SealedMessages {
    static final String FORGOTTEN = "The user was forgotten.";
    /** How long a data key may be on its way here. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DataKeyView view;
    private final DataKeyOpener opener;
    private final Format format;
    private final Keys.Waiting waiting;

    /** Reads what was sealed, and finds nothing in what is nothing of the kind. */
    public record Format(
            Function<byte[], Optional<List<Message>>> messages, Function<byte[], Optional<List<StepMade>>> steps) {}

    public SealedMessages(DataKeyView view, DataKeyOpener opener, Format format, Keys.Waiting waiting) {
        this.view = view;
        this.opener = opener;
        this.format = format;
        this.waiting = waiting;
    }

    Reading read(AgentTask task) throws InterruptedException {
        var payload = SealedPayload.parse(task.getSealedMessages());
        if (payload.isEmpty()) {
            return new Reading.Unreadable("The sealed messages are not in a known format.");
        }
        if (!awaitNews(task)) {
            return new Reading.TooLate();
        }
        if (view.await(task.getUserId(), earlier(task.getDeadline(), now().plus(PATIENCE)))
                .isEmpty()) {
            return new Reading.Unreadable("No data key of the user was heard of.");
        }
        while (awaitNews(task) && now().isBefore(task.getDeadline())) {
            try {
                return read(task, payload.get(), current(task));
            } catch (VaultUnavailable e) {
                Thread.sleep(waiting.vaultPause());
            }
        }
        return new Reading.TooLate();
    }

    /** Returns once it is known who was forgotten lately; false when the deadline passes first. */
    boolean awaitNews(AgentTask task) throws InterruptedException {
        return waiting.catchUp().recently(task.getDeadline());
    }

    /** The key that the messages came under is the user's no more. */
    boolean isForgotten(UUID userId) {
        return view.now(userId).filter(DataKeyView::isForgotten).isPresent();
    }

    private Reading read(AgentTask task, SealedPayload payload, DataKeyChanged dataKey) throws InterruptedException {
        if (DataKeyView.isForgotten(dataKey)) {
            return new Reading.Unreadable(FORGOTTEN);
        }
        if (!payload.keyId().equals(dataKey.getKeyId())) {
            return new Reading.Unreadable("The messages are not sealed under the user's data key.");
        }
        return switch (opener.unwrap(wrapped(dataKey), task.getUserId())) {
            case Unwrapped.Opened(var key) -> read(task, payload, key);
            case Unwrapped.Refused(var why) -> refused(task, payload, dataKey, why);
        };
    }

    private Reading read(AgentTask task, SealedPayload payload, DataKey key) {
        var messages = payload.open(key, field(task, SealedField.Name.PROMPT_MESSAGES))
                .flatMap(format.messages())
                .filter(read -> !read.isEmpty());
        if (messages.isEmpty()) {
            return unreadable("The sealed messages do not open, or are none.", key);
        }
        return steps(task, payload, key)
                .<Reading>map(steps -> new Reading.Opened(messages.get(), steps, key))
                .orElseGet(() -> unreadable("The sealed steps do not open, or are none.", key));
    }

    /** Sealed under the key of the messages. A run begins with none. */
    private Optional<List<StepMade>> steps(AgentTask task, SealedPayload messages, DataKey key) {
        return task.getSealedSteps() == null
                ? Optional.of(List.of())
                : SealedPayload.parse(task.getSealedSteps())
                        .filter(steps -> steps.keyId().equals(messages.keyId()))
                        .flatMap(steps -> steps.open(key, field(task, SealedField.Name.PROMPT_STEPS)))
                        .flatMap(format.steps());
    }

    private static SealedField field(AgentTask task, SealedField.Name name) {
        return new SealedField(task.getUserId(), task.getPromptId(), name);
    }

    private static Reading unreadable(String reason, DataKey key) {
        key.wipe();
        return new Reading.Unreadable(reason);
    }

    /** It may have been wrapped anew meanwhile: then what is known here is too old to open. */
    private Reading refused(AgentTask task, SealedPayload payload, DataKeyChanged tried, String why)
            throws InterruptedException {
        if (!waiting.catchUp().before(task.getDeadline())) {
            return new Reading.TooLate();
        }
        var newest = current(task);
        return !DataKeyView.isForgotten(newest) && wrapped(newest).equals(wrapped(tried))
                ? new Reading.Unreadable("The sealed messages can not be read: " + why + ".")
                : read(task, payload, newest);
    }

    private DataKeyChanged current(AgentTask task) {
        return view.now(task.getUserId()).orElseThrow();
    }

    private static WrappedKey wrapped(DataKeyChanged kept) {
        return new WrappedKey(
                Objects.requireNonNull(kept.getWrappedKey()), Objects.requireNonNull(kept.getEncryptionKeyId()));
    }

    private Instant now() {
        return waiting.clock().instant();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
