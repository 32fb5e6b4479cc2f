package dev.latchkey.standins.providers;

import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * FOR DEVELOPMENT ONLY: speaks the wire formats of OpenAI, Google Gemini and Anthropic without a model behind it.
 *
 * <p>It accepts every key that starts as the provider's keys do, except those that ask for a {@link Behaviour}; says in
 * each answer which provider and model was asked what; and tells at {@code /calls} which key it was called with, by
 * {@link Call#fingerprint}; with {@code ?key_fingerprint=} only the calls with that key. It never keeps a key.
 */
public final class ProviderStandIn implements AutoCloseable {
    private static final String KEY_FINGERPRINT = "key_fingerprint";
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final OpenAiDialect openAi = new OpenAiDialect();
    private final GeminiDialect gemini = new GeminiDialect();
    private final AnthropicDialect anthropic = new AnthropicDialect();
    private final CallLog calls = new CallLog();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Delays delays;
    private final InstantSource clock;
    private final LocalServer server;

    private ProviderStandIn(Listen listen, Delays delays, InstantSource clock) {
        this.delays = delays;
        this.clock = clock;
        this.server = LocalServer.start("the provider stand-in", listen, this::route);
    }

    public static ProviderStandIn start(Listen listen, Delays delays, InstantSource clock) {
        return new ProviderStandIn(listen, delays, clock);
    }

    /** Base URL of all three providers, without a version. */
    public URI address() {
        return server.address();
    }

    /** The calls so far, the oldest first. */
    public List<Call> calls() {
        return calls.all();
    }

    @Override
    public void close() {
        closing.countDown();
        server.close();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get("/calls", this::tellCalls)
                .get("/v1/models", this::listOpenAiOrAnthropic)
                .get("/v1beta/models", (request, response) -> list(new Exchange(gemini, request, response)))
                .post("/v1/chat/completions", chat(openAi))
                .post("/v1/messages", chat(anthropic))
                .post("/v1beta/models/{call}", chat(gemini));
    }

    private void tellCalls(ServerRequest request, ServerResponse response) {
        var wanted = request.query().first(KEY_FINGERPRINT);
        var told = calls.all().stream()
                .filter(call -> wanted.isEmpty() || call.keyFingerprint().equals(wanted.get()))
                .toList();
        Json.send(response, 200, told);
    }

    /** Both list their models at the same path, and read the key from different headers. */
    private void listOpenAiOrAnthropic(ServerRequest request, ServerResponse response) throws InterruptedException {
        var dialect = request.headers().contains(AnthropicDialect.KEY) ? anthropic : openAi;
        list(new Exchange(dialect, request, response));
    }

    private void list(Exchange exchange) throws InterruptedException {
        serve(exchange, "", Behaviour.of(exchange.key().orElse(""), false), exchange::sendModels);
    }

    private Handler chat(Dialect dialect) {
        return (request, response) -> {
            var exchange = new Exchange(dialect, request, response);
            var question = exchange.question();
            var model = question.map(Question::model).orElse("");
            serve(
                    exchange,
                    model,
                    Behaviour.of(exchange.key().orElse(""), true),
                    () -> question.ifPresentOrElse(exchange::send, () -> exchange.fail(Fault.MALFORMED)));
        };
    }

    private void serve(Exchange exchange, String model, Behaviour behaviour, Runnable answer)
            throws InterruptedException {
        var key = exchange.key();
        if (key.isEmpty()) {
            exchange.fail(Fault.NO_KEY);
            return;
        }
        note(exchange, key.get(), model);
        perform(exchange.dialect().knows(key.get()) ? behaviour : Behaviour.REFUSE_KEY, exchange, answer);
    }

    private void perform(Behaviour behaviour, Exchange exchange, Runnable answer) throws InterruptedException {
        switch (behaviour) {
            case ANSWER -> answer.run();
            case ANSWER_LATE -> answerAfter(delays.late(), answer);
            case HANG -> answerAfter(FOR_EVER, () -> exchange.fail(Fault.BROKEN));
            case REFUSE_KEY -> exchange.fail(Fault.REFUSED_KEY);
            case RATE_LIMIT -> exchange.failUntil(delays.retryAfter());
            case BREAK -> exchange.fail(Fault.BROKEN);
        }
    }

    /** Waits no longer than until the stand-in is closed. */
    private void answerAfter(Duration wait, Runnable answer) throws InterruptedException {
        if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        answer.run();
    }

    private void note(Exchange exchange, String key, String model) {
        var path = exchange.request().path().path();
        calls.add(Call.with(key, exchange.dialect().provider(), model, path, clock.instant()));
    }
}
