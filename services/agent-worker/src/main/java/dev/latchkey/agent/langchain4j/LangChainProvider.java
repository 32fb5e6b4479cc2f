package dev.latchkey.agent.langchain4j;

import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.agent.answering.Provider;
import dev.latchkey.providers.http.Endpoint;
import dev.latchkey.providers.http.Endpoints;
import java.time.InstantSource;

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
        var model = call.model();
        var endpoint = endpoints.find(model.provider(), model.baseUrl());
        return endpoint.isEmpty()
                ? new CallOutcome.Declined("The task names no provider that can be asked.")
                : callOnce(endpoint.get(), call);
    }

    private CallOutcome callOnce(Endpoint endpoint, ChatCall call) throws InterruptedException {
        var oneCall = new OneCall(endpoint, clock, call.patience());
        var outcome = ask(endpoint, call, oneCall);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return outcome;
    }

    /** Exceptions of langchain4j and its parsers quote what the provider sent: none is kept, the exchange tells enough. */
    private static CallOutcome ask(Endpoint endpoint, ChatCall call, OneCall oneCall) {
        try {
            var model = Dialect.of(endpoint.protocol()).model(endpoint, call, oneCall);
            var response = model.chat(Transcript.of(call.conversation()));
            return Verdict.of(oneCall.exchange(), response, call.conversation());
        } catch (RuntimeException e) {
            return Verdict.withoutAnswer(oneCall.exchange());
        }
    }
}
