package dev.latchkey.agent.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A whole answer as the provider sends it piece by piece: every text and all arguments in two halves. */
final class EventStream {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventStream() {}

    /** What is no JSON is one event. */
    static String of(Wire wire, String body) {
        try {
            var whole = JSON.readTree(body);
            return switch (wire) {
                case OPENAI, OPENAI_COMPATIBLE -> openAi(whole);
                case GOOGLE -> gemini(whole);
                case ANTHROPIC -> anthropic(whole);
            };
        } catch (JsonProcessingException e) {
            return data(body);
        }
    }

    private static String openAi(JsonNode whole) throws JsonProcessingException {
        var message = whole.at("/choices/0/message");
        var deltas = Stream.of(
                        halves(message.path("content"))
                                .map(text -> "{\"role\":\"assistant\",\"content\":%s}".formatted(text)),
                        Stream.of(message.path("refusal"))
                                .filter(JsonNode::isTextual)
                                .map(text -> "{\"refusal\":%s}".formatted(text)),
                        message.path("tool_calls").valueStream().flatMap(EventStream::openAiCall))
                .flatMap(pieces -> pieces)
                .map(delta ->
                        openAiChunk(whole, "[{\"index\":0,\"delta\":%s,\"finish_reason\":null}]".formatted(delta)));
        var reason = whole.at("/choices/0/finish_reason");
        var end = reason.isMissingNode()
                ? Stream.<String>empty()
                : Stream.of(openAiChunk(whole, "[{\"index\":0,\"delta\":{},\"finish_reason\":%s}]".formatted(reason)));
        var usage = ((ObjectNode) JSON.readTree(openAiChunk(whole, "[]"))).set("usage", whole.path("usage"));
        return Stream.of(deltas, end, Stream.of(usage.toString(), "[DONE]"))
                .flatMap(chunks -> chunks)
                .map(EventStream::data)
                .collect(Collectors.joining());
    }

    private static String openAiChunk(JsonNode whole, String choices) {
        return "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":%s,\"choices\":%s}"
                .formatted(whole.path("model").isMissingNode() ? "null" : whole.path("model"), choices);
    }

    private static Stream<String> openAiCall(JsonNode call) {
        var halves = halves(call.at("/function/arguments")).toList();
        return Stream.of("""
                {"tool_calls":[{"index":0,"id":%s,"type":"function","function":{"name":%s,"arguments":%s}}]}""".formatted(call.path("id"), call.at("/function/name"), halves.getFirst()), """
                {"tool_calls":[{"index":0,"function":{"arguments":%s}}]}""".formatted(
                        halves.getLast()));
    }

    /** Every event is an answer of its own; the first has half of the text and no end. */
    private static String gemini(JsonNode whole) throws JsonProcessingException {
        var text = whole.at("/candidates/0/content/parts/0/text");
        if (!text.isTextual()) {
            return data(whole.toString());
        }
        var halves = halves(text).toList();
        var first = JSON.readTree(whole.toString());
        ((ObjectNode) first.at("/candidates/0")).remove("finishReason");
        ((ObjectNode) first.at("/candidates/0/content/parts/0")).set("text", JSON.readTree(halves.getFirst()));
        var second = JSON.readTree(whole.toString());
        ((ObjectNode) second.at("/candidates/0/content/parts/0")).set("text", JSON.readTree(halves.getLast()));
        return data(first.toString()) + data(second.toString());
    }

    private static String anthropic(JsonNode whole) throws JsonProcessingException {
        if (!whole.has("content")) {
            return data(whole.toString());
        }
        var start = (ObjectNode) JSON.readTree(whole.toString());
        start.putArray("content");
        start.putNull("stop_reason");
        var content = whole.at("/content/0");
        var deltas = content.path("type").asText().equals("tool_use")
                ? halves(JSON.valueToTree(content.path("input").toString()))
                        .map("{\"type\":\"input_json_delta\",\"partial_json\":%s}"::formatted)
                : halves(content.path("text")).map("{\"type\":\"text_delta\",\"text\":%s}"::formatted);
        var block = content.path("type").asText().equals("tool_use")
                ? ((ObjectNode) JSON.readTree(content.toString())).set("input", JSON.createObjectNode())
                : JSON.readTree("{\"type\":\"text\",\"text\":\"\"}");
        var events = Stream.of(
                        Stream.of(
                                "{\"type\":\"message_start\",\"message\":%s}".formatted(start),
                                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":%s}".formatted(block)),
                        deltas.map("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":%s}"::formatted),
                        Stream.of(
                                "{\"type\":\"content_block_stop\",\"index\":0}",
                                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":%s},\"usage\":{\"output_tokens\":34}}"
                                        .formatted(whole.path("stop_reason")),
                                "{\"type\":\"message_stop\"}"))
                .flatMap(some -> some)
                .toList();
        return named(events);
    }

    private static String named(List<String> events) throws JsonProcessingException {
        var stream = new StringBuilder();
        for (var event : events) {
            var type = JSON.readTree(event).path("type").textValue();
            stream.append("event: ").append(type).append('\n').append(data(event));
        }
        return stream.toString();
    }

    /** As JSON. None where there is no text. */
    private static Stream<String> halves(JsonNode text) {
        if (!text.isTextual()) {
            return Stream.empty();
        }
        var whole = text.textValue();
        return Stream.of(whole.substring(0, whole.length() / 2), whole.substring(whole.length() / 2))
                .map(half -> JSON.valueToTree(half).toString());
    }

    private static String data(String event) {
        return "data: " + event + "\n\n";
    }
}
