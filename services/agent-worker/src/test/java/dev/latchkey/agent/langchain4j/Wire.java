package dev.latchkey.agent.langchain4j;

import dev.latchkey.agent.answering.ChatCall;
import java.net.URI;

/** The wire formats of the providers: where they are asked, how they answer, and how they say no. */
enum Wire {
    OPENAI("openai", "/v1/chat/completions", "authorization") {
        @Override
        String answer(String text) {
            return """
                    {"id":"1","object":"chat.completion","created":1,"model":"the-model-2024","choices":[{"index":0,\
                    "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
                    "usage":{"prompt_tokens":12,"completion_tokens":34,"total_tokens":46}}""".formatted(text);
        }

        @Override
        String contentRefused() {
            return answer("").replace("\"stop\"", "\"content_filter\"");
        }

        @Override
        String error(String code) {
            return """
                    {"error":{"message":"You sent %s","type":"error","code":"%s"}}""".formatted(ECHO, code);
        }
    },
    OPENAI_COMPATIBLE("openai-compatible", "/theirs/v9/chat/completions", "authorization") {
        @Override
        String answer(String text) {
            return OPENAI.answer(text);
        }

        @Override
        String contentRefused() {
            return """
                    {"id":"1","object":"chat.completion","created":1,"model":"the-model-2024","choices":[{"index":0,\
                    "message":{"role":"assistant","content":null,"refusal":"I will not."},"finish_reason":"stop"}]}""";
        }

        @Override
        String error(String code) {
            return OPENAI.error(code);
        }
    },
    GOOGLE("google", "/v1beta/models/the-model:generateContent", "x-goog-api-key") {
        @Override
        String answer(String text) {
            return """
                    {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"finishReason":"STOP"}],\
                    "usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":34,"totalTokenCount":46},\
                    "modelVersion":"the-model-2024"}""".formatted(text);
        }

        @Override
        String contentRefused() {
            return """
                    {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":12}}""";
        }

        @Override
        String error(String code) {
            return """
                    {"error":{"code":400,"message":"You sent %s","status":"SOME_STATUS","details":[\
                    {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"%s"}]}}""".formatted(ECHO, code);
        }
    },
    ANTHROPIC("anthropic", "/v1/messages", "x-api-key") {
        @Override
        String answer(String text) {
            return """
                    {"id":"1","type":"message","role":"assistant","model":"the-model-2024",\
                    "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn",\
                    "usage":{"input_tokens":12,"output_tokens":34}}""".formatted(text);
        }

        @Override
        String contentRefused() {
            return answer("").replace("\"end_turn\"", "\"refusal\"");
        }

        @Override
        String error(String code) {
            return """
                    {"type":"error","error":{"type":"%s","message":"You sent %s"}}""".formatted(code, ECHO);
        }
    };

    /** What every error body quotes: the key that it was sent. */
    static final String ECHO = "sk-canary-0123456789-LEAK";

    final String provider;
    final String path;
    final String keyHeader;

    Wire(String provider, String path, String keyHeader) {
        this.provider = provider;
        this.path = path;
        this.keyHeader = keyHeader;
    }

    abstract String answer(String text);

    abstract String contentRefused();

    abstract String error(String code);

    ChatCall.Model model(URI server) {
        var baseUrl = this == OPENAI_COMPATIBLE ? server + "/theirs/v9" : null;
        return new ChatCall.Model(provider, "the-model", baseUrl);
    }
}
