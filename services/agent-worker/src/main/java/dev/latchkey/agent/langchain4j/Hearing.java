package dev.latchkey.agent.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer that comes piece by piece. */
final class Hearing implements StreamingChatResponseHandler {
    private final Consumer<String> heard;
    private @Nullable ChatResponse response;
    private boolean missedSomething;

    Hearing(Consumer<String> heard) {
        this.heard = heard;
    }

    /** Throws when there is none: an answer that does not say why it ended did not end, its connection did. */
    ChatResponse whole() {
        if (missedSomething || response == null || response.finishReason() == null) {
            throw new IllegalStateException("no whole answer");
        }
        return response;
    }

    @Override
    public void onPartialResponse(String piece) {
        heard.accept(piece);
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        response = complete;
    }

    /** What it quotes is not kept. The rest may still come. */
    @Override
    public void onError(Throwable error) {
        missedSomething = true;
    }
}
