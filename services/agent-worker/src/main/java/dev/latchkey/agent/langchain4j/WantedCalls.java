package dev.latchkey.agent.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.latchkey.agent.answering.Conversation;
import dev.latchkey.events.ToolCall;
import dev.latchkey.runtime.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls of tools in the answer that a conversation was given.
 *
 * @param signatures of the calls, in their order, as far as the provider signs any
 */
record WantedCalls(Conversation conversation, List<Optional<String>> signatures) {
    /** Empty when one of them has no name, or arguments that are no JSON object: half of what a model wants is not done. */
    Optional<List<ToolCall>> in(List<ToolExecutionRequest> requests) {
        var taken = idsIn(conversation);
        var calls = new ArrayList<ToolCall>();
        for (var request : requests) {
            var arguments = arguments(request.arguments());
            if (request.name() == null || request.name().isBlank() || arguments.isEmpty()) {
                return Optional.empty();
            }
            var id = id(request.id(), taken, ordinal(conversation, calls.size()));
            taken.add(id);
            calls.add(new ToolCall(id, request.name(), arguments.get(), signature(calls.size())));
        }
        return Optional.of(calls);
    }

    private @Nullable String signature(int index) {
        return index < signatures.size() ? signatures.get(index).orElse(null) : null;
    }

    private static Set<String> idsIn(Conversation conversation) {
        return conversation.steps().stream()
                .flatMap(step -> step.getCalls().stream())
                .map(ToolCall::getCallId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Gemini gives none, and some providers give the same ones in every answer: then it is told by the place in the run. */
    private static String id(@Nullable String given, Set<String> taken, String ordinal) {
        return given == null || given.isBlank() || taken.contains(given) ? ordinal : given;
    }

    private static String ordinal(Conversation conversation, int callsBefore) {
        return "call-%d-%d".formatted(conversation.steps().size() + 1, callsBefore + 1);
    }

    /** Some providers write nothing where there are none. */
    private static Optional<String> arguments(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return Optional.of("{}");
        }
        return isObject(written) ? Optional.of(written) : Optional.empty();
    }

    private static boolean isObject(String text) {
        try {
            return Json.MAPPER.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
