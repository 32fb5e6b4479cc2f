package dev.latchkey.agent.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.latchkey.runtime.Json;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine-readable words in a provider's answer. A body that is no JSON has none. */
record Body(JsonNode json) {
    static Body of(String text) {
        try {
            return new Body(Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return new Body(MissingNode.getInstance());
        }
    }

    /** What the first word says that says anything. */
    static Meaning first(Stream<Meaning> meanings) {
        return meanings.filter(meaning -> meaning != Meaning.NONE).findFirst().orElse(Meaning.NONE);
    }

    /** The text at a place, as a JSON pointer names it, unless it is blank. */
    Optional<String> word(String place) {
        return Optional.of(json.at(place))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(word -> !word.isBlank());
    }

    /** What an array holds. */
    Stream<Body> children(String place) {
        return json.at(place).valueStream().map(Body::new);
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** This field of every detail that Google gives. */
    Stream<String> details(String field) {
        return json.at("/error/details")
                .valueStream()
                .map(detail -> detail.path(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /** Never what was sent: it can quote the key. */
    @Override
    public String toString() {
        return "Body[unprinted]";
    }
}
