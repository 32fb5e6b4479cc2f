package dev.latchkey.agent.langchain4j;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.providers.http.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OpenAI, and everybody who speaks as OpenAI does, Azure among them. Its builders are made here: {@code builder()} goes through
 * all files on the class path each time, in search of another one.
 */
record OpenAi() implements Dialect {
    @Override
    public ChatModel model(Endpoint endpoint, ChatCall call, HttpClientBuilder http) {
        return new OpenAiChatModelBuilder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.base().toString())
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(call.model().name())
                .maxRetries(NO_RETRIES)
                .build();
    }

    @Override
    public StreamingChatModel streamingModel(Endpoint endpoint, ChatCall call, HttpClientBuilder http) {
        return new OpenAiStreamingChatModelBuilder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.base().toString())
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(call.model().name())
                .build();
    }

    /** The code says more than the type. A refusal has a field of its own, beside a finish reason that tells nothing of it. */
    @Override
    public Meaning meaning(Body body) {
        if (body.word("/choices/0/message/refusal").isPresent()
                || body.word("/choices/0/delta/refusal").isPresent()) {
            return Meaning.CONTENT_REFUSED;
        }
        return Body.first(Stream.of("/error/code", "/error/innererror/code", "/error/type", "/choices/0/finish_reason")
                .flatMap(place -> body.word(place).stream())
                .map(OpenAi::meaning));
    }

    @Override
    public List<Optional<String>> signatures(Body body) {
        return List.of();
    }

    @Override
    public Optional<Duration> retryAfter(Received received, InstantSource clock) {
        return RetryAfter.millis(received.header("retry-after-ms"))
                .or(() -> RetryAfter.secondsOrDate(received.header("retry-after"), clock));
    }

    private static Meaning meaning(String word) {
        return switch (word) {
            case "invalid_api_key", "account_deactivated" -> Meaning.KEY_REFUSED;
            case "insufficient_quota", "billing_hard_limit_reached", "billing_not_active" -> Meaning.NO_CREDIT;
            case "unsupported_country_region_territory" -> Meaning.NOT_SERVED_HERE;
            case "model_not_found" -> Meaning.MODEL_UNKNOWN;
            case "context_length_exceeded" -> Meaning.TOO_LONG;
            case "content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation", "invalid_prompt" ->
                Meaning.CONTENT_REFUSED;
            case "length" -> Meaning.CUT_OFF;
            default -> Meaning.NONE;
        };
    }
}
