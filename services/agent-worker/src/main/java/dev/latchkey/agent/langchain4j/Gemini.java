package dev.latchkey.agent.langchain4j;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.providers.http.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Google. It has its models' names with a prefix in lists and without one in addresses, and instructions apart from the
 * conversation; langchain4j puts them there.
 */
record Gemini() implements Dialect {
    private static final String PREFIX = "models/";

    @Override
    public ChatModel model(Endpoint endpoint, ChatCall call, HttpClientBuilder http) {
        return GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.base().toString())
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(nameOf(call.model()))
                .sendThinking(true)
                .maxRetries(NO_RETRIES)
                .build();
    }

    @Override
    public StreamingChatModel streamingModel(Endpoint endpoint, ChatCall call, HttpClientBuilder http) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.base().toString())
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(nameOf(call.model()))
                .sendThinking(true)
                .build();
    }

    /** Whatever blocks a prompt is about its content; why an answer ended can be anything. */
    @Override
    public Meaning meaning(Body body) {
        if (body.word("/promptFeedback/blockReason").isPresent()) {
            return Meaning.CONTENT_REFUSED;
        }
        var words = Stream.concat(body.details("reason"), body.word("/candidates/0/finishReason").stream());
        return Body.first(words.map(Gemini::meaning));
    }

    /** Since its third generation Gemini refuses a conversation in which its signatures are missing. */
    @Override
    public List<Optional<String>> signatures(Body body) {
        return body.children("/candidates/0/content/parts")
                .filter(part -> part.has("functionCall"))
                .map(part -> part.word("/thoughtSignature"))
                .toList();
    }

    /** In the body, for example {@code 17s}, unless something on the way put it in the header. */
    @Override
    public Optional<Duration> retryAfter(Received received, InstantSource clock) {
        var delay = received.body().details("retryDelay").findFirst().map(text -> text.replaceFirst("s$", ""));
        return RetryAfter.secondsOrDate(received.header("retry-after"), clock)
                .or(() -> RetryAfter.secondsOrDate(delay, clock));
    }

    private static String nameOf(ChatCall.Model model) {
        var name = model.name();
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private static Meaning meaning(String word) {
        return switch (word) {
            case "API_KEY_INVALID" -> Meaning.KEY_REFUSED;
            case "BILLING_DISABLED" -> Meaning.NO_CREDIT;
            case "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "LANGUAGE", "IMAGE_SAFETY" ->
                Meaning.CONTENT_REFUSED;
            case "MAX_TOKENS" -> Meaning.CUT_OFF;
            case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL" -> Meaning.CALL_UNREADABLE;
            default -> Meaning.NONE;
        };
    }
}
