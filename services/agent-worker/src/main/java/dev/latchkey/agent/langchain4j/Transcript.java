package dev.latchkey.agent.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.latchkey.agent.answering.Conversation;
import dev.latchkey.agent.answering.ToolOffer;
import dev.latchkey.events.Message;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A conversation in langchain4j's words. */
final class Transcript {
    /** Providers refuse a conversation in which a call stays without a result. */
    private static final String NO_RESULT = "This call has no result.";

    /** What langchain4j calls it. */
    private static final String SIGNATURE = "thinking_signature";

    private Transcript() {}

    static ChatRequest of(Conversation conversation) {
        var said = conversation.messages().stream().map(Transcript::message);
        var done = conversation.steps().stream().flatMap(Transcript::step);
        var tools = conversation.tools().stream().map(Transcript::tool).toList();
        return ChatRequest.builder()
                .messages(Stream.concat(said, done).toList())
                .toolSpecifications(tools)
                .build();
    }

    private static ChatMessage message(Message message) {
        return switch (message.getRole()) {
            case SYSTEM -> SystemMessage.from(message.getText());
            case USER -> UserMessage.from(message.getText());
            case ASSISTANT -> AiMessage.from(message.getText());
        };
    }

    private static Stream<ChatMessage> step(StepMade step) {
        var wanted = step.getCalls().stream().map(Transcript::request).toList();
        var wish = AiMessage.builder()
                .text(step.getText().isBlank() ? null : step.getText())
                .toolExecutionRequests(wanted)
                .attributes(signature(step))
                .build();
        return Stream.concat(Stream.of(wish), wanted.stream().map(request -> result(request, step.getResults())));
    }

    /** langchain4j puts it on the first call, and Gemini signs no other. */
    private static Map<String, Object> signature(StepMade step) {
        return step.getCalls().stream()
                .limit(1)
                .map(ToolCall::getSignature)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(signature -> SIGNATURE, signature -> signature));
    }

    private static ToolExecutionRequest request(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.getCallId())
                .name(call.getTool())
                .arguments(call.getArguments())
                .build();
    }

    private static ChatMessage result(ToolExecutionRequest request, List<ToolResult> results) {
        var text = results.stream()
                .filter(result -> result.getCallId().equals(request.id()))
                .map(ToolResult::getText)
                .filter(told -> !told.isBlank())
                .findFirst();
        return ToolExecutionResultMessage.from(request, text.orElse(NO_RESULT));
    }

    private static ToolSpecification tool(ToolOffer offer) {
        var schema = JsonObjectSchema.builder();
        offer.parameters().forEach(parameter -> add(schema, parameter));
        return ToolSpecification.builder()
                .name(offer.name())
                .description(offer.description())
                .parameters(schema.required(required(offer)).build())
                .build();
    }

    private static void add(JsonObjectSchema.Builder schema, ToolOffer.Parameter parameter) {
        if (parameter.choices().isEmpty()) {
            schema.addStringProperty(parameter.name(), parameter.description());
        } else {
            schema.addEnumProperty(parameter.name(), parameter.choices(), parameter.description());
        }
    }

    private static List<String> required(ToolOffer offer) {
        return offer.parameters().stream()
                .filter(ToolOffer.Parameter::required)
                .map(ToolOffer.Parameter::name)
                .toList();
    }
}
