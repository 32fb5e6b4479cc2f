package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a chat request asks of a model.
 *
 * @param streamed whether the answer is wanted piece by piece
 * @param tools whether there are any to use
 */
record Question(String model, Asked asked, boolean streamed, boolean tools) {
    private static final String USER = "user";

    /**
     * The end of a conversation.
     *
     * @param text of the last message from the user
     * @param results of tools that came after it, the oldest first
     */
    record Asked(String text, List<String> results) {
        Asked {
            results = List.copyOf(results);
        }

        /**
         * Empty when the user says nothing.
         *
         * @param saying the text in a message
         * @param results the results of tools in a message
         */
        static Optional<Asked> in(
                JsonNode messages, Function<JsonNode, String> saying, Function<JsonNode, Stream<String>> results) {
            var last = "";
            var since = new ArrayList<String>();
            for (var message : messages) {
                var text = message.path("role").asText(USER).equals(USER) ? saying.apply(message) : "";
                if (!text.isEmpty()) {
                    last = text;
                    since.clear();
                }
                results.apply(message).forEach(since::add);
            }
            return Optional.of(new Asked(last, since))
                    .filter(asked -> !asked.text().isEmpty());
        }
    }

    /** The answer is told by the question alone, so that whoever asked can tell whose model answered. */
    Answer answeredBy(String provider) {
        var uses = tools ? Use.next(asked.text(), asked.results().size()) : List.<Use>of();
        var words = uses.isEmpty() ? words(provider) : "";
        int written = words.length()
                + uses.stream().mapToInt(use -> use.arguments().length()).sum();
        return new Answer(model, words, uses, tokensOf(asked.text().length()), tokensOf(written));
    }

    private String words(String provider) {
        var words = "This is " + provider + " " + model + ". You asked: " + asked.text();
        return asked.results().isEmpty() ? words : words + " The tools said: " + String.join("; ", asked.results());
    }

    private static int tokensOf(int characters) {
        return Math.ceilDiv(characters, 4);
    }
}
