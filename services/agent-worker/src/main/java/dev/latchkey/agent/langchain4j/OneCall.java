package dev.latchkey.agent.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.latchkey.providers.http.Endpoint;
import dev.latchkey.providers.http.NotPublic;
import dev.latchkey.providers.http.OutOfPatience;
import dev.latchkey.providers.http.Question;
import dev.latchkey.providers.http.Web;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP side of one call. It ends within the call's patience however slowly the answer drips, remembers what was
 * seen, and keeps error bodies from langchain4j, which would log them and quote them in exceptions.
 */
final class OneCall implements HttpClient, HttpClientBuilder {
    private final Web web;
    private final Dialect dialect;
    private final InstantSource clock;
    private final Duration patience;
    private final List<Optional<String>> signatures = new ArrayList<>();
    private Exchange exchange = new Exchange.NotMade();

    OneCall(Endpoint endpoint, InstantSource clock, Duration patience) {
        this.web = endpoint.web();
        this.dialect = Dialect.of(endpoint.protocol());
        this.clock = clock;
        this.patience = patience;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Of the calls of tools in the answer, in their order: langchain4j makes one of all that there are in an answer. */
    List<Optional<String>> signatures() {
        return List.copyOf(signatures);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        var answer = noting(() -> web.ask(question(request), patience));
        var received = Received.from(answer);
        if (answer.status() / 100 != 2) {
            throw refused(answer.status(), received);
        }
        exchange = new Exchange.Answered(dialect.meaning(received.body()));
        signatures.addAll(dialect.signatures(received.body()));
        return SuccessfulHttpResponse.builder()
                .statusCode(answer.status())
                .headers(answer.headers().map())
                .body(answer.body())
                .build();
    }

    /** On the caller's thread, up to the end of the answer. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (var incoming = noting(() -> web.listen(question(request), patience))) {
            if (incoming.status() / 100 != 2) {
                throw refused(incoming.status(), noting(() -> Received.from(incoming)));
            }
            exchange = new Exchange.Answered(Meaning.NONE);
            listener.onOpen(SuccessfulHttpResponse.builder()
                    .statusCode(incoming.status())
                    .headers(incoming.headers().map())
                    .build());
            parser.parse(incoming.body(), new Overhearing(listener));
            listener.onClose();
        }
    }

    /** Notes what events mean, and lets nobody log one that langchain4j can not read. */
    private final class Overhearing implements ServerSentEventListener {
        private final ServerSentEventListener listener;

        Overhearing(ServerSentEventListener listener) {
            this.listener = listener;
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if (exchange instanceof Exchange.Answered(var known)) {
                var body = Body.of(event.data());
                signatures.addAll(dialect.signatures(body));
                var heard = dialect.meaning(body);
                exchange = new Exchange.Answered(heard == Meaning.NONE ? known : heard);
            }
            try {
                listener.onEvent(event, context);
            } catch (RuntimeException e) {
                listener.onError(new IllegalStateException("an event can not be read"));
            }
        }

        @Override
        public void onError(Throwable error) {
            exchange = error instanceof OutOfPatience ? new Exchange.TimedOut() : new Exchange.Broken();
        }
    }

    private HttpException refused(int status, Received received) {
        var wait = dialect.retryAfter(received, clock).orElse(null);
        exchange = new Exchange.Refused(status, dialect.meaning(received.body()), wait);
        return new HttpException(status, "status " + status);
    }

    private static Question question(HttpRequest request) {
        return new Question(URI.create(request.url()), request.headers(), request.body());
    }

    /** Something that is asked of the web. */
    @FunctionalInterface
    private interface Request<T> {
        T make() throws IOException, TimeoutException, InterruptedException;
    }

    private <T> T noting(Request<T> request) {
        try {
            return request.make();
        } catch (TimeoutException | OutOfPatience e) {
            exchange = new Exchange.TimedOut();
        } catch (NotPublic e) {
            exchange = new Exchange.Forbidden();
        } catch (IOException e) {
            exchange = new Exchange.Broken();
        } catch (InterruptedException e) {
            exchange = new Exchange.Broken();
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("no answer");
    }

    @Override
    public HttpClient build() {
        return this;
    }

    @Override
    public Duration connectTimeout() {
        return patience;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return patience;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }
}
