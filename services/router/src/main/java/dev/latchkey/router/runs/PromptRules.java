package dev.latchkey.router.runs;

import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What a prompt must keep beyond its schema. */
public final class PromptRules {
    public static final int MOST_MESSAGES = 1_000;
    public static final int LONGEST_CONVERSATION = 256 * 1024;
    /** Room for every conversation that may be sent in plain, sealed: three bytes a character at most, and some. */
    public static final int LONGEST_SEALED = 800 * 1024;

    public static final int LONGEST_AGENT_NAME = 100;

    public static final int MOST_FALLBACKS = 4;

    private PromptRules() {}

    /** The rule that a prompt breaks, if any. */
    public static Optional<String> brokenBy(String key, PromptSubmitted prompt) {
        if (!key.equals(prompt.getUserId().toString())) {
            return Optional.of("the record key is the userId");
        }
        return brokenByAgent(prompt.getAgent())
                .or(() -> brokenByContent(prompt))
                .or(() -> brokenByChoice(prompt.getModelChoice()));
    }

    private static Optional<String> brokenByAgent(String agent) {
        if (agent.isBlank()) {
            return Optional.of("agent is not blank");
        }
        return agent.length() > LONGEST_AGENT_NAME
                ? Optional.of("agent has at most " + LONGEST_AGENT_NAME + " characters")
                : Optional.empty();
    }

    private static Optional<String> brokenByContent(PromptSubmitted prompt) {
        var sealed = prompt.getSealedMessages();
        if (sealed == null) {
            return brokenByMessages(prompt.getMessages());
        }
        if (!prompt.getMessages().isEmpty()) {
            return Optional.of("messages are sealed or plain, and not both");
        }
        return sealed.remaining() > LONGEST_SEALED
                ? Optional.of("sealedMessages has at most " + LONGEST_SEALED + " bytes")
                : Optional.empty();
    }

    private static Optional<String> brokenByMessages(List<Message> messages) {
        if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            return Optional.of("there are 1 to " + MOST_MESSAGES + " messages");
        }
        long length = messages.stream()
                .mapToLong(message -> message.getText().length())
                .sum();
        return length > LONGEST_CONVERSATION
                ? Optional.of("all messages together have at most " + LONGEST_CONVERSATION + " characters")
                : Optional.empty();
    }

    private static Optional<String> brokenByChoice(ModelChoice choice) {
        boolean needsCredential = choice.getKind() == ModelChoiceKind.CREDENTIAL;
        boolean namesCredential = choice.getCredentialId() != null;
        if (needsCredential != namesCredential) {
            return Optional.of("credentialId is there for CREDENTIAL and only then");
        }
        return choice.getFallbacks().isEmpty() ? Optional.empty() : brokenByFallbacks(choice);
    }

    private static Optional<String> brokenByFallbacks(ModelChoice choice) {
        var distinct = new HashSet<>(choice.getFallbacks());
        boolean repeats = distinct.size() < choice.getFallbacks().size() || distinct.contains(choice.getCredentialId());
        return repeats || distinct.size() > MOST_FALLBACKS || choice.getKind() != ModelChoiceKind.CREDENTIAL
                ? Optional.of("fallbacks are there for CREDENTIAL, at most " + MOST_FALLBACKS + ", each once")
                : Optional.empty();
    }
}
