package dev.latchkey.agent.langchain4j;

/**
 * An answer of Gemini with two calls of a tool. It signs the first of those that it wants together; its text can be signed
 * as well, with something else.
 */
final class SignedCalls {
    static final String SIGNATURE = "c2lnbmVk/+==";

    private static final String TEXT = """
            {"text":"Let me see.","thoughtSignature":"b3RoZXI="}""";
    private static final String FIRST = """
            {"functionCall":{"name":"prices","args":{"symbol":"AAPL"}},"thoughtSignature":"%s"}""".formatted(SIGNATURE);
    private static final String SECOND = """
            {"functionCall":{"name":"prices","args":{"symbol":"MSFT"}}}""";

    private SignedCalls() {}

    static String whole() {
        return answer(TEXT + "," + FIRST + "," + SECOND, ",\"finishReason\":\"STOP\"");
    }

    static String inPieces() {
        return event(answer(TEXT, "")) + event(answer(FIRST, "")) + event(answer(SECOND, ",\"finishReason\":\"STOP\""));
    }

    /** What has to be in the next request. */
    static String shown(String firstId, String secondId) {
        return """
                {"role":"model","parts":[{"text":"Let me see."},
                 {"functionCall":{"id":"%s","name":"prices","args":{"symbol":"AAPL"}},"thoughtSignature":"%s"},
                 {"functionCall":{"id":"%s","name":"prices","args":{"symbol":"MSFT"}}}]}""".formatted(firstId, SIGNATURE, secondId);
    }

    private static String answer(String parts, String end) {
        return """
                {"candidates":[{"content":{"parts":[%s],"role":"model"}%s}],\
                "usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":34,"totalTokenCount":46},\
                "modelVersion":"the-model-2024"}""".formatted(parts, end);
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
