package dev.latchkey.agent.langchain4j;

/**
 * How a provider is shown a tool, and a step with two calls of it: as its reference says.
 *
 * @param toolsAt where tools are in a request, as a JSON pointer
 * @param messagesAt where the conversation is
 */
record Shown(String toolsAt, String tools, String messagesAt, String messages) {
    private static final Shown TO_OPENAI = new Shown("/tools", """
            [{"type": "function", "function": {"name": "prices", "description": "What a symbol costs.",
              "parameters": {"type": "object", "required": ["symbol"], "properties": {
                "symbol": {"type": "string", "description": "Which one."},
                "side": {"type": "string", "description": "Of whom.", "enum": ["BUY", "SELL"]}}}}}]""", "/messages", """
            [{"role": "system", "content": "Be brief."},
             {"role": "user", "content": "How did I do?"},
             {"role": "assistant", "content": "Let me see.", "tool_calls": [
               {"id": "call_1", "type": "function",
                "function": {"name": "prices", "arguments": "{\\"symbol\\":\\"AAPL\\"}"}},
               {"id": "call_2", "type": "function",
                "function": {"name": "prices", "arguments": "{\\"symbol\\":\\"AAPL\\"}"}}]},
             {"role": "tool", "tool_call_id": "call_1", "content": "101"},
             {"role": "tool", "tool_call_id": "call_2", "content": "102"}]""");

    private static final Shown TO_GEMINI = new Shown("/tools/0/functionDeclarations", """
            [{"name": "prices", "description": "What a symbol costs.",
              "parameters": {"type": "OBJECT", "required": ["symbol"], "properties": {
                "symbol": {"type": "STRING", "description": "Which one."},
                "side": {"type": "STRING", "description": "Of whom.", "enum": ["BUY", "SELL"]}}}}]""", "/contents", """
            [{"role": "user", "parts": [{"text": "How did I do?"}]},
             {"role": "model", "parts": [
               {"text": "Let me see."},
               {"functionCall": {"id": "call_1", "name": "prices", "args": {"symbol": "AAPL"}}},
               {"functionCall": {"id": "call_2", "name": "prices", "args": {"symbol": "AAPL"}}}]},
             {"role": "user", "parts": [
               {"functionResponse": {"id": "call_1", "name": "prices", "response": {"response": "101"}}}]},
             {"role": "user", "parts": [
               {"functionResponse": {"id": "call_2", "name": "prices", "response": {"response": "102"}}}]}]""");

    private static final Shown TO_ANTHROPIC = new Shown("/tools", """
            [{"name": "prices", "description": "What a symbol costs.",
              "input_schema": {"type": "object", "required": ["symbol"], "properties": {
                "symbol": {"type": "string", "description": "Which one."},
                "side": {"type": "string", "description": "Of whom.", "enum": ["BUY", "SELL"]}}}}]""", "/messages", """
            [{"role": "user", "content": [{"type": "text", "text": "How did I do?"}]},
             {"role": "assistant", "content": [
               {"type": "text", "text": "Let me see."},
               {"type": "tool_use", "id": "call_1", "name": "prices", "input": {"symbol": "AAPL"}},
               {"type": "tool_use", "id": "call_2", "name": "prices", "input": {"symbol": "AAPL"}}]},
             {"role": "user", "content": [
               {"type": "tool_result", "tool_use_id": "call_1", "content": "101"},
               {"type": "tool_result", "tool_use_id": "call_2", "content": "102"}]}]""");

    static Shown to(Wire wire) {
        return switch (wire) {
            case OPENAI, OPENAI_COMPATIBLE -> TO_OPENAI;
            case GOOGLE -> TO_GEMINI;
            case ANTHROPIC -> TO_ANTHROPIC;
        };
    }
}
