package dev.latchkey.agent.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine-readable words in a provider's answer. A body that is no JSON has none. */
record Body(JsonNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> PLACES_OF_CODES = List.of(
            "/error/code",
            "/error/type",
            "/error/status",
            "/error/innererror/code",
            "/choices/0/finish_reason",
            "/stop_reason",
            "/promptFeedback/blockReason",
            "/candidates/0/finishReason");

    static Body of(String text) {
        try {
            return new Body(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return new Body(MissingNode.getInstance());
        }
    }

    Set<String> codes() {
        var named = PLACES_OF_CODES.stream().map(json::at).filter(JsonNode::isTextual);
        var reasons = details("reason");
        var refusal = json.at("/choices/0/message/refusal").isTextual() ? Stream.of("refusal") : Stream.<String>empty();
        return Stream.of(named.map(JsonNode::asText), reasons, refusal)
                .flatMap(words -> words)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Google's way to say Retry-After, for example {@code 17s}. */
    Optional<String> retryDelay() {
        return details("retryDelay").findFirst();
    }

    private Stream<String> details(String field) {
        return json.at("/error/details")
                .valueStream()
                .map(detail -> detail.path(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }
}
