package dev.latchkey.standins.providers;

import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * FOR DEVELOPMENT ONLY: speaks the wire formats of OpenAI, Google Gemini and Anthropic without a model behind it.
 *
 * <p>It accepts every key that starts as the provider's keys do, except those that ask for a {@link Behaviour}; says in
 * each answer which provider and model was asked what; uses the tools that it is offered as the question's lines
 * {@code use NAME {json}} say, one in a turn or, with a line {@code use-all}, all in one, and then tells what they said; and
 * tells at {@code /calls} which key it was called with, by {@link Call#fingerprint}: the newest calls, and at
 * {@code /calls/count} how many there were. With {@code ?key_fingerprint=} it tells of that key alone. It never keeps a key.
 */
public final class ProviderStandIn implements AutoCloseable {
    private static final String KEY_FINGERPRINT = "key_fingerprint";
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(100);

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
                .get("/calls/count", this::tellCount)
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

    private void tellCount(ServerRequest request, ServerResponse response) {
        var count = calls.count(request.query().first(KEY_FINGERPRINT).asOptional());
        Json.send(response, 200, Map.of("count", count));
    }

    /** Both list their models at the same path, and read the key from different headers. */
    private void listOpenAiOrAnthropic(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        var dialect = request.headers().contains(AnthropicDialect.KEY) ? anthropic : openAi;
        list(new Exchange(dialect, request, response));
    }

    private void list(Exchange exchange) throws IOException, InterruptedException {
        serve(
                exchange,
                new Wanted.Models(),
                Duration.ZERO,
                Behaviour.of(exchange.key().orElse(""), false));
    }

    private Handler chat(Dialect dialect) {
        return (request, response) -> {
            var exchange = new Exchange(dialect, request, response);
            var key = exchange.key().orElse("");
            serve(exchange, exchange.chat(), Behaviour.delayOf(key), Behaviour.of(key, true));
        };
    }

    private void serve(Exchange exchange, Wanted wanted, Duration delay, Behaviour behaviour)
            throws IOException, InterruptedException {
        var key = exchange.key();
        if (key.isEmpty()) {
            exchange.fail(Fault.NO_KEY);
            return;
        }
        note(exchange, key.get(), wanted.model());
        if (!isClosedWithin(delay)) {
            perform(exchange.dialect().knows(key.get()) ? behaviour : Behaviour.REFUSE_KEY, exchange, wanted);
        }
    }

    private void perform(Behaviour behaviour, Exchange exchange, Wanted wanted)
            throws IOException, InterruptedException {
        switch (behaviour) {
            case ANSWER -> exchange.send(wanted);
            case ANSWER_LATE -> sendAfter(delays.late(), exchange, wanted);
            case HANG -> sendAfter(FOR_EVER, exchange, wanted);
            case DRIP -> exchange.drip(wanted, () -> !isClosedWithin(BETWEEN_BYTES));
            case ANSWER_BY_HALF -> exchange.sendHalf(wanted);
            case CLOSE -> throw exchange.hangUp();
            case REFUSE_KEY -> exchange.fail(Fault.REFUSED_KEY);
            case REFUSE_CREDIT -> exchange.fail(Fault.NO_CREDIT);
            case RATE_LIMIT -> exchange.failUntil(delays.retryAfter());
            case OVERLOAD -> exchange.fail(Fault.OVERLOADED);
            case BREAK -> exchange.fail(Fault.BROKEN);
        }
    }

    private void sendAfter(Duration wait, Exchange exchange, Wanted wanted) throws InterruptedException {
        if (!isClosedWithin(wait)) {
            exchange.send(wanted);
        }
    }

    /** Waits no longer than until the stand-in is closed, and holds a virtual thread alone. */
    private boolean isClosedWithin(Duration wait) throws InterruptedException {
        return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void note(Exchange exchange, String key, String model) {
        var path = exchange.request().path().path();
        calls.add(Call.with(key, exchange.dialect().provider(), model, path, clock.instant()));
    }
}
