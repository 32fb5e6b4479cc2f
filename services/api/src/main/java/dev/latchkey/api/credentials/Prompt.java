package dev.latchkey.api.credentials;

import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.PromptSubmitted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question to an agent.
 *
 * @param timeAllowed until the run fails, counted from submission; null for the system's default
 */
public record Prompt(
        UUID id,
        String agent,
        List<Message> messages,
        ModelChoice choice,
        @Nullable Duration timeAllowed) {
    private static final Pattern AGENT = Pattern.compile("[a-z][a-z0-9-]{0,49}");
    private static final int MOST_MESSAGES = 200;
    private static final Duration LONGEST = Duration.ofHours(1);

    public Prompt {
        messages = List.copyOf(messages);
        if (!AGENT.matcher(agent).matches()) {
            throw new BrokenRule("agent must be 1 to 50 lower-case letters, digits or hyphens");
        }
        if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            throw new BrokenRule("a prompt has 1 to " + MOST_MESSAGES + " messages");
        }
        if (messages.stream().anyMatch(message -> message.getText().isBlank())) {
            throw new BrokenRule("no message may be blank");
        }
        if (timeAllowed != null && (!timeAllowed.isPositive() || timeAllowed.compareTo(LONGEST) > 0)) {
            throw new BrokenRule("deadline_seconds must be 1 to " + LONGEST.toSeconds());
        }
    }

    /** The event; {@code after} is the credential that the choice meant at that time, null when there was none. */
    public PromptSubmitted submitted(UUID userId, @Nullable CredentialVersion after, Instant now) {
        return PromptSubmitted.newBuilder()
                .setPromptId(id)
                .setUserId(userId)
                .setAgent(agent)
                .setMessages(messages)
                .setModelChoice(choice)
                .setAfter(after)
                .setDeadline(timeAllowed == null ? null : now.plus(timeAllowed))
                .setSubmittedAt(now)
                .build();
    }
}
