package dev.latchkey.agent.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.events.Message;
import dev.latchkey.providers.http.Endpoint;

/** langchain4j's models for one call each. They never retry: one call is one request. */
final class Models {
    private static final int NO_RETRIES = 0;
    /** The most that the oldest supported model takes; Anthropic wants a limit in every request. */
    private static final int ANTHROPIC_MAX_TOKENS = 4096;

    private static final String GEMINI_PREFIX = "models/";

    private Models() {}

    static ChatModel model(Endpoint endpoint, ChatCall call, HttpClientBuilder http) {
        var base = endpoint.base().toString();
        return switch (endpoint.protocol()) {
            case OPENAI -> openai(base, call, http);
            case GEMINI -> gemini(base, call, http);
            case ANTHROPIC -> anthropic(base, call, http);
        };
    }

    static ChatMessage message(Message message) {
        return switch (message.getRole()) {
            case SYSTEM -> SystemMessage.from(message.getText());
            case USER -> UserMessage.from(message.getText());
            case ASSISTANT -> AiMessage.from(message.getText());
        };
    }

    private static ChatModel openai(String base, ChatCall call, HttpClientBuilder http) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(base)
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(call.model().name())
                .maxRetries(NO_RETRIES)
                .build();
    }

    private static ChatModel gemini(String base, ChatCall call, HttpClientBuilder http) {
        var name = call.model().name();
        return GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(base)
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(name.startsWith(GEMINI_PREFIX) ? name.substring(GEMINI_PREFIX.length()) : name)
                .maxRetries(NO_RETRIES)
                .build();
    }

    private static ChatModel anthropic(String base, ChatCall call, HttpClientBuilder http) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(base)
                .apiKey(call.key().reveal(String::valueOf))
                .modelName(call.model().name())
                .maxTokens(ANTHROPIC_MAX_TOKENS)
                .maxRetries(NO_RETRIES)
                .build();
    }
}
