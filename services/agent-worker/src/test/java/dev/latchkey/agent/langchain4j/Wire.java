package dev.latchkey.agent.langchain4j;

import dev.latchkey.agent.answering.ChatCall;
import java.net.URI;

/** The wire formats of the providers: where they are asked, and how they answer. */
enum Wire {
    OPENAI("openai", "/v1/chat/completions", "authorization") {
        @Override
        String answer(String text, String reason) {
            return """
                    {"id":"1","object":"chat.completion","created":1,"model":"the-model-2024","choices":[{"index":0,\
                    "message":{"role":"assistant","content":"%s","refusal":null},"finish_reason":"%s"}],\
                    "usage":{"prompt_tokens":12,"completion_tokens":34,"total_tokens":46}}""".formatted(text, reason);
        }

        @Override
        String call(String id, String arguments, String reason) {
            return """
                    {"id":"1","object":"chat.completion","created":1,"model":"the-model-2024","choices":[{"index":0,\
                    "message":{"role":"assistant","content":null,"tool_calls":[{"id":"%s","type":"function",\
                    "function":{"name":"prices","arguments":"%s"}}]},"finish_reason":"%s"}],\
                    "usage":{"prompt_tokens":12,"completion_tokens":34,"total_tokens":46}}""".formatted(id, arguments.replace("\"", "\\\""), reason);
        }

        @Override
        String error(String code) {
            return """
                    {"error":{"message":"You sent %s","type":"error","param":null,"code":"%s"}}""".formatted(ECHO, code);
        }
    },
    OPENAI_COMPATIBLE("openai-compatible", "/theirs/v9/chat/completions", "authorization") {
        @Override
        String answer(String text, String reason) {
            return OPENAI.answer(text, reason);
        }

        @Override
        String call(String id, String arguments, String reason) {
            return OPENAI.call(id, arguments, reason);
        }

        @Override
        String error(String code) {
            return OPENAI.error(code);
        }
    },
    GOOGLE("google", "/v1beta/models/the-model:generateContent", "x-goog-api-key") {
        @Override
        String answer(String text, String reason) {
            return """
                    {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"finishReason":"%s"}],\
                    "usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":34,"totalTokenCount":46},\
                    "modelVersion":"the-model-2024"}""".formatted(text, reason);
        }

        // Gemini's calls have no id.
        @Override
        String call(String id, String arguments, String reason) {
            return """
                    {"candidates":[{"content":{"parts":[{"functionCall":{"name":"prices","args":%s}}],"role":"model"},\
                    "finishReason":"%s"}],\
                    "usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":34,"totalTokenCount":46},\
                    "modelVersion":"the-model-2024"}""".formatted(arguments, reason);
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
        String answer(String text, String reason) {
            return """
                    {"id":"1","type":"message","role":"assistant","model":"the-model-2024",\
                    "content":[{"type":"text","text":"%s"}],"stop_reason":"%s",\
                    "usage":{"input_tokens":12,"output_tokens":34}}""".formatted(text, reason);
        }

        @Override
        String call(String id, String arguments, String reason) {
            return """
                    {"id":"1","type":"message","role":"assistant","model":"the-model-2024",\
                    "content":[{"type":"tool_use","id":"%s","name":"prices","input":%s}],"stop_reason":"%s",\
                    "usage":{"input_tokens":12,"output_tokens":34}}""".formatted(id, arguments, reason);
        }

        @Override
        String error(String code) {
            return """
                    {"type":"error","error":{"type":"%s","message":"You sent %s"},"request_id":"req_1"}""".formatted(code, ECHO);
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

    /** In words, with the reason why the model ended as the provider writes it. */
    abstract String answer(String text, String reason);

    /** A call of the tool {@code prices}. */
    abstract String call(String id, String arguments, String reason);

    /** A code that means nothing in particular. */
    abstract String error(String code);

    /** How an answer in words ends. */
    String done() {
        return switch (this) {
            case OPENAI, OPENAI_COMPATIBLE -> "stop";
            case GOOGLE -> "STOP";
            case ANTHROPIC -> "end_turn";
        };
    }

    /** How an answer with calls ends. */
    String calling() {
        return switch (this) {
            case OPENAI, OPENAI_COMPATIBLE -> "tool_calls";
            case GOOGLE -> "STOP";
            case ANTHROPIC -> "tool_use";
        };
    }

    /** How an answer ends when there are no tokens left. */
    String cutOff() {
        return switch (this) {
            case OPENAI, OPENAI_COMPATIBLE -> "length";
            case GOOGLE -> "MAX_TOKENS";
            case ANTHROPIC -> "max_tokens";
        };
    }

    String answer(String text) {
        return answer(text, done());
    }

    /** Where it is asked for an answer piece by piece. */
    String streamPath() {
        return this == GOOGLE ? "/v1beta/models/the-model:streamGenerateContent?alt=sse" : path;
    }

    ChatCall.Model model(URI server) {
        var baseUrl = this == OPENAI_COMPATIBLE ? server + "/theirs/v9" : null;
        return new ChatCall.Model(provider, "the-model", baseUrl);
    }
}
