package dev.latchkey.agent.figures;

import dev.latchkey.agent.tools.Figures;
import dev.latchkey.runtime.ServiceSecret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures as the pnl-worker has them: its answers are passed on as they are. */
public final class HttpFigures implements Figures, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFigures.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** Many thousand positions; a model reads a small part of that. */
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Source source;

    /**
     * Who is asked.
     *
     * @param secret what it wants to be shown
     */
    public record Source(URI url, ServiceSecret secret) {}

    public HttpFigures(Source source) {
        this.source = source;
    }

    @Override
    public Finding find(Question question) throws InterruptedException {
        return leadsElsewhere(question) ? new Finding.Unknown() : ask(question);
    }

    private Finding ask(Question question) throws InterruptedException {
        var answer = http.sendAsync(
                request(question), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            return finding(answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return away(e);
        } catch (TimeoutException e) {
            return new Finding.Away();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(Question question) {
        return HttpRequest.newBuilder(source.url().resolve("/internal/v1/" + path(question)))
                .header(ServiceSecret.HEADER.defaultCase(), source.secret().text())
                .build();
    }

    private static String path(Question question) {
        return switch (question) {
            case Question.OfPositions(var userId) -> "users/" + userId + "/pnl/positions";
            case Question.OfPnl(var userId) -> "users/" + userId + "/pnl";
            case Question.OfPrice(var symbol) -> "prices/" + encoded(symbol);
        };
    }

    /** A path with dots alone in a place is another path. */
    private static boolean leadsElsewhere(Question question) {
        return question instanceof Question.OfPrice(var symbol) && (symbol.equals(".") || symbol.equals(".."));
    }

    /** In a path, unlike in a form, a plus is a plus. */
    private static String encoded(String symbol) {
        return URLEncoder.encode(symbol, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Finding finding(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 -> new Finding.Found(answer.body());
            case 404 -> new Finding.Unknown();
            case 503 -> new Finding.Away();
            default -> refused(answer.statusCode());
        };
    }

    private static Finding refused(int status) {
        LOG.warn("The pnl-worker does not answer status={}", status);
        return new Finding.Away();
    }

    private static Finding away(ExecutionException e) {
        if (e.getCause() instanceof IOException) {
            return new Finding.Away();
        }
        throw new IllegalStateException("the pnl-worker can not be asked", e);
    }
}
