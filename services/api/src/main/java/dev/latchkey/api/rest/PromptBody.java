package dev.latchkey.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.credentials.BrokenRule;
import dev.latchkey.api.credentials.Prompt;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.Role;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Body of a prompt.
 *
 * @param model {@code "default"}, {@code "system"}, {@code {"credential_id": "..."}} or {@code {"credential_ids": ["...", ...]}}
 */
record PromptBody(
        @Nullable String prompt,
        @Nullable List<@Nullable MessageBody> messages,
        @Nullable String agent,
        @Nullable JsonNode model,
        @Nullable UUID promptId,
        @Nullable Integer deadlineSeconds) {
    private static final int MOST_CREDENTIALS = 5;

    /** One message of the conversation so far. */
    record MessageBody(@Nullable String role, @Nullable String text) {
        Message message() {
            return new Message(roleOf(Bodies.required(role, "role")), Bodies.required(text, "text"));
        }

        private static Role roleOf(String name) {
            return switch (name) {
                case "system" -> Role.SYSTEM;
                case "user" -> Role.USER;
                case "assistant" -> Role.ASSISTANT;
                default -> throw new BrokenRule("a role is system, user or assistant");
            };
        }
    }

    Prompt prompt(Supplier<UUID> newId) {
        return new Prompt(
                promptId == null ? newId.get() : promptId,
                Objects.requireNonNullElse(agent, "analyst"),
                conversation(),
                choice(),
                deadlineSeconds == null ? null : Duration.ofSeconds(deadlineSeconds));
    }

    private List<Message> conversation() {
        if ((prompt == null) == (messages == null)) {
            throw new BrokenRule("a prompt has either prompt or messages");
        }
        if (messages == null) {
            return List.of(new Message(Role.USER, Bodies.required(prompt, "prompt")));
        }
        return messages.stream()
                .map(message -> Bodies.required(message, "message").message())
                .toList();
    }

    private ModelChoice choice() {
        if (model == null || model.isNull()) {
            return byKind(ModelChoiceKind.USER_DEFAULT);
        }
        return model.isObject() && model.size() == 1 ? named(model) : byWord(model.asText());
    }

    private static ModelChoice byWord(String word) {
        return switch (word) {
            case "default" -> byKind(ModelChoiceKind.USER_DEFAULT);
            case "system" -> byKind(ModelChoiceKind.SYSTEM_DEFAULT);
            default -> throw badModel();
        };
    }

    private static ModelChoice byKind(ModelChoiceKind kind) {
        return new ModelChoice(kind, null, List.of());
    }

    private static ModelChoice named(JsonNode named) {
        return named.has("credential_id")
                ? chain(List.of(id(named.path("credential_id"))))
                : chain(ids(named.path("credential_ids")));
    }

    /** The first one, and after it those to fall back to. */
    private static ModelChoice chain(List<UUID> ids) {
        return new ModelChoice(ModelChoiceKind.CREDENTIAL, ids.getFirst(), List.copyOf(ids.subList(1, ids.size())));
    }

    private static List<UUID> ids(JsonNode array) {
        var ids = array.valueStream().map(PromptBody::id).distinct().toList();
        if (!array.isArray() || ids.isEmpty() || ids.size() < array.size() || ids.size() > MOST_CREDENTIALS) {
            throw new BrokenRule("credential_ids are 1 to " + MOST_CREDENTIALS + " UUIDs, each once");
        }
        return ids;
    }

    private static UUID id(JsonNode id) {
        try {
            return UUID.fromString(id.asText());
        } catch (IllegalArgumentException e) {
            throw badModel();
        }
    }

    private static BrokenRule badModel() {
        return new BrokenRule("model must be \"default\", \"system\", {\"credential_id\": a UUID}"
                + " or {\"credential_ids\": [a UUID, ...]}");
    }
}
