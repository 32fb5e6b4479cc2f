package dev.latchkey.agent.langchain4j;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.providers.http.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Everything that is particular to the providers of one protocol. */
sealed interface Dialect permits OpenAi, Gemini, Anthropic {
    /** One call is one request. */
    int NO_RETRIES = 0;

    static Dialect of(Endpoint.Protocol protocol) {
        return switch (protocol) {
            case OPENAI -> new OpenAi();
            case GEMINI -> new Gemini();
            case ANTHROPIC -> new Anthropic();
        };
    }

    /** A model for this call alone. */
    ChatModel model(Endpoint endpoint, ChatCall call, HttpClientBuilder http);

    /** The same, for an answer that is wanted piece by piece. It does not retry either. */
    StreamingChatModel streamingModel(Endpoint endpoint, ChatCall call, HttpClientBuilder http);

    /** Of a whole answer, or of a piece of one. */
    Meaning meaning(Body body);

    /** What each call of a tool in an answer, or in a piece of one, is signed with; nothing where it is not. */
    List<Optional<String>> signatures(Body body);

    /** How long a provider asks to wait, if it says so in a way that can be read. */
    Optional<Duration> retryAfter(Received received, InstantSource clock);
}
