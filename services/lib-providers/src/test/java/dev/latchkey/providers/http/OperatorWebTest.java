package dev.latchkey.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorWebTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch rest = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    OperatorWebTest() throws IOException {
        server.createContext("/moved", exchange -> {
            try (exchange) {
                asked.add("/moved");
                exchange.getResponseHeaders().set("Location", "/new");
                exchange.sendResponseHeaders(
                        Integer.parseInt(exchange.getRequestURI().getQuery()), -1);
            }
        });
        server.createContext("/new", exchange -> {
            try (exchange) {
                asked.add("/new");
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.createContext("/large", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, Web.LARGEST_ANSWER + 1);
                exchange.getResponseBody().write(new byte[Web.LARGEST_ANSWER + 1]);
            }
        });
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(rest);
            exchange.getResponseBody().write("second".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        rest.countDown();
        threads.shutdownNow();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) throws Exception {
        try (var web = new OperatorWeb()) {
            assertThat(web.ask(question("/moved?" + status), PATIENCE).status()).isEqualTo(status);
        }
        assertThat(asked).containsExactly("/moved");
    }

    @Test
    void takesNoAnswerThatIsTooLarge() {
        try (var web = new OperatorWeb()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> web.ask(question("/large"), PATIENCE));
        }
    }

    @Test
    void listensToAnAnswerAsItComes() throws Exception {
        try (var web = new OperatorWeb();
                var incoming = web.listen(question("/slow"), PATIENCE)) {
            assertThat(incoming.body().readNBytes(5)).asString().isEqualTo("first");
            rest.countDown();
            assertThat(incoming.body().readAllBytes()).asString().isEqualTo("second");
        }
    }

    @Test
    void breaksOffABodyThatTakesTooLong() throws Exception {
        try (var web = new OperatorWeb();
                var incoming = web.listen(question("/slow"), Duration.ofSeconds(1))) {
            assertThatExceptionOfType(OutOfPatience.class)
                    .isThrownBy(() -> incoming.body().readAllBytes());
        }
    }

    @Test
    void listensToNoAnswerThatIsTooLarge() throws Exception {
        try (var web = new OperatorWeb();
                var incoming = web.listen(question("/large"), PATIENCE)) {
            assertThat(incoming).hasToString("Incoming[status=200]");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> incoming.body().readAllBytes())
                    .withMessage("the answer is larger than 8388608 bytes");
        }
    }

    @Test
    void neverPrintsTheKeyOrWhatAProviderWrote() throws Exception {
        try (var web = new OperatorWeb()) {
            var question =
                    new Question(question("/new").url(), Map.of("Authorization", List.of("Bearer sk-canary")), "{}");
            var answer = new Answer(401, web.ask(question, PATIENCE).headers(), "you sent sk-canary");

            assertThat(question).hasToString("Question[url=" + question.url() + "]");
            assertThat(answer).hasToString("Answer[status=401]");
        }
    }

    private Question question(String path) {
        return Question.get(URI.create("http://localhost:" + server.getAddress().getPort() + path), Map.of());
    }
}
