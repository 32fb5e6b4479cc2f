package dev.latchkey.agent.figures;

import static dev.latchkey.agent.Samples.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.agent.tools.Figures.Finding;
import dev.latchkey.agent.tools.Figures.Question;
import dev.latchkey.runtime.ServiceSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In front of a server that answers as the pnl-worker does. */
@SuppressWarnings("NullAway.Init")
final class HttpFiguresTest {
    private static final String JSON = "{\"price\":\"64000.000000000000000001\",\"source\":\"börse\"}";
    private static final String SECRET = "secret-of-the-two";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile byte[] body = JSON.getBytes(StandardCharsets.UTF_8);
    private HttpServer server;
    private HttpFigures figures;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        figures = figures(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        figures.close();
        server.stop(0);
    }

    @Test
    void asksForEachThingWhereItIsAndShowsTheSecret() throws Exception {
        assertThat(figures.find(new Question.OfPositions(ADA))).isEqualTo(new Finding.Found(JSON));
        assertThat(figures.find(new Question.OfPnl(ADA))).isEqualTo(new Finding.Found(JSON));
        assertThat(figures.find(new Question.OfPrice("BTC-USD"))).isEqualTo(new Finding.Found(JSON));
        assertThat(figures.find(new Question.OfPrice("BRK/B x+1?#é"))).isEqualTo(new Finding.Found(JSON));
        assertThat(requests)
                .containsExactly(
                        "GET /internal/v1/users/" + ADA + "/pnl/positions " + SECRET,
                        "GET /internal/v1/users/" + ADA + "/pnl " + SECRET,
                        "GET /internal/v1/prices/BTC-USD " + SECRET,
                        "GET /internal/v1/prices/BRK%2FB%20x%2B1%3F%23%C3%A9 " + SECRET);
    }

    @Test
    void knowsWhatThereIsNot() throws Exception {
        status = 404;

        assertThat(figures.find(new Question.OfPrice("NOTHING"))).isEqualTo(new Finding.Unknown());
    }

    /** As a path it would lead somewhere else. */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void asksForNoPriceOfASymbolThatIsNone(String symbol) throws Exception {
        assertThat(figures.find(new Question.OfPrice(symbol))).isEqualTo(new Finding.Unknown());
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 500, 403, 302})
    void saysThatNobodyCanTellForEveryOtherAnswer(int status) throws Exception {
        this.status = status;

        assertThat(figures.find(new Question.OfPnl(ADA))).isEqualTo(new Finding.Away());
    }

    @Test
    void saysThatNobodyCanTellWhenNobodyIsThere() throws Exception {
        try (var nobody = figures(1)) {
            assertThat(nobody.find(new Question.OfPnl(ADA))).isEqualTo(new Finding.Away());
        }
    }

    @Test
    void readsNoAnswerWithoutEnd() throws Exception {
        body = new byte[9 * 1024 * 1024];

        assertThat(figures.find(new Question.OfPnl(ADA))).isEqualTo(new Finding.Away());
    }

    @Test
    void waitsForNoAnswerThatDoesNotEnd() throws Exception {
        var end = new CountDownLatch(1);
        server.createContext("/internal/v1/prices/SLOW", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitUnlessInterrupted(end);
            exchange.close();
        });

        assertThat(figures.find(new Question.OfPrice("SLOW"))).isEqualTo(new Finding.Away());
        end.countDown();
    }

    private static void awaitUnlessInterrupted(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpFigures figures(int port) {
        return new HttpFigures(
                new HttpFigures.Source(URI.create("http://localhost:" + port), new ServiceSecret(SECRET)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var secret = exchange.getRequestHeaders().getFirst(ServiceSecret.HEADER.defaultCase());
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + secret);
        exchange.sendResponseHeaders(status, status == 302 ? -1 : body.length);
        if (status != 302) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
