package dev.latchkey.agent.langchain4j;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.providers.http.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Anthropic. It wants to know the version it is spoken to in and the results of tools from the user; langchain4j does so. */
record Anthropic() implements Dialect {
    /** Wanted in every request; the most that the oldest supported model takes. */
    private static final int MAX_TOKENS = 4096;

    @Override
    public ChatModel model(Endpoint endpoint, ChatCall call, HttpClientBuilder http) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.base().toString())
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(call.model().name())
                .maxTokens(MAX_TOKENS)
                .maxRetries(NO_RETRIES)
                .build();
    }

    @Override
    public StreamingChatModel streamingModel(Endpoint endpoint, ChatCall call, HttpClientBuilder http) {
        return AnthropicStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.base().toString())
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(call.model().name())
                .maxTokens(MAX_TOKENS)
                .build();
    }

    @Override
    public Meaning meaning(Body body) {
        return Body.first(Stream.of("/error/type", "/stop_reason", "/delta/stop_reason")
                .flatMap(place -> body.word(place).stream())
                .map(Anthropic::meaning));
    }

    @Override
    public List<Optional<String>> signatures(Body body) {
        return List.of();
    }

    @Override
    public Optional<Duration> retryAfter(Received received, InstantSource clock) {
        return RetryAfter.secondsOrDate(received.header("retry-after"), clock);
    }

    private static Meaning meaning(String word) {
        return switch (word) {
            case "authentication_error", "permission_error" -> Meaning.KEY_REFUSED;
            case "billing_error" -> Meaning.NO_CREDIT;
            case "not_found_error" -> Meaning.MODEL_UNKNOWN;
            case "request_too_large" -> Meaning.TOO_LONG;
            case "refusal" -> Meaning.CONTENT_REFUSED;
            case "max_tokens", "model_context_window_exceeded" -> Meaning.CUT_OFF;
            default -> Meaning.NONE;
        };
    }
}
