package dev.latchkey.agent.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.agent.answering.Provider;
import dev.latchkey.providers.http.Endpoint;
import dev.latchkey.providers.http.Endpoints;
import java.time.InstantSource;
import java.util.function.Consumer;

/** OpenAI, Google, Anthropic and whatever speaks OpenAI's protocol. */
public final class LangChainProvider implements Provider {
    private final Endpoints endpoints;
    private final InstantSource clock;

    public LangChainProvider(Endpoints endpoints, InstantSource clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Override
    public CallOutcome call(ChatCall call) throws InterruptedException {
        return call(
                call,
                (endpoint, oneCall) -> Dialect.of(endpoint.protocol())
                        .model(endpoint, call, oneCall)
                        .chat(Transcript.of(call.conversation())));
    }

    @Override
    public CallOutcome call(ChatCall call, Consumer<String> heard) throws InterruptedException {
        return call(call, (endpoint, oneCall) -> {
            var hearing = new Hearing(heard);
            Dialect.of(endpoint.protocol())
                    .streamingModel(endpoint, call, oneCall)
                    .chat(Transcript.of(call.conversation()), hearing);
            return hearing.whole();
        });
    }

    /** A way to ask, with what it throws when there is no answer. */
    @FunctionalInterface
    private interface Way {
        ChatResponse ask(Endpoint endpoint, OneCall oneCall);
    }

    private CallOutcome call(ChatCall call, Way way) throws InterruptedException {
        var model = call.model();
        var endpoint = endpoints.find(model.provider(), model.baseUrl());
        return endpoint.isEmpty()
                ? new CallOutcome.Declined("The task names no provider that can be asked.")
                : callOnce(endpoint.get(), call, way);
    }

    private CallOutcome callOnce(Endpoint endpoint, ChatCall call, Way way) throws InterruptedException {
        var oneCall = new OneCall(endpoint, clock, call.patience());
        var outcome = ask(endpoint, call, oneCall, way);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return outcome;
    }

    /** Exceptions of langchain4j and its parsers quote what the provider sent: none is kept, the exchange tells enough. */
    private static CallOutcome ask(Endpoint endpoint, ChatCall call, OneCall oneCall, Way way) {
        try {
            var response = way.ask(endpoint, oneCall);
            var wanted = new WantedCalls(call.conversation(), oneCall.signatures());
            return Verdict.of(oneCall.exchange(), response, wanted);
        } catch (RuntimeException e) {
            return Verdict.withoutAnswer(oneCall.exchange());
        }
    }
}
