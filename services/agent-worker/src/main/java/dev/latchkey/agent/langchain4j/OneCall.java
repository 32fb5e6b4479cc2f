package dev.latchkey.agent.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.latchkey.providers.http.Answer;
import dev.latchkey.providers.http.Endpoint;
import dev.latchkey.providers.http.NotPublic;
import dev.latchkey.providers.http.Question;
import dev.latchkey.providers.http.Web;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
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

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        var question = new Question(URI.create(request.url()), request.headers(), request.body());
        var answer = ask(question);
        var received = Received.from(answer);
        if (answer.status() / 100 != 2) {
            throw refused(answer.status(), received);
        }
        exchange = new Exchange.Answered(dialect.meaning(received.body()));
        return SuccessfulHttpResponse.builder()
                .statusCode(answer.status())
                .headers(answer.headers().map())
                .body(answer.body())
                .build();
    }

    private HttpException refused(int status, Received received) {
        var wait = dialect.retryAfter(received, clock).orElse(null);
        exchange = new Exchange.Refused(status, dialect.meaning(received.body()), wait);
        return new HttpException(status, "status " + status);
    }

    private Answer ask(Question question) {
        try {
            return web.ask(question, patience);
        } catch (TimeoutException e) {
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
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new IllegalStateException("answers are not streamed");
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
