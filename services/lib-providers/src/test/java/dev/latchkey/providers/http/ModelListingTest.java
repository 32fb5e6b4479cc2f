package dev.latchkey.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.Verdict;
import dev.latchkey.sealing.ApiKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelListingTest {
    private static final ApiKey KEY = new ApiKey("sk-ada-0123456789-wxyz");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server = server();

    private volatile int status = 200;

    ModelListingTest() throws IOException {}

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, /v1/models Authorization=Bearer sk-ada-0123456789-wxyz",
        "GOOGLE, /v1beta/models x-goog-api-key=sk-ada-0123456789-wxyz",
        "ANTHROPIC, /v1/models x-api-key=sk-ada-0123456789-wxyz",
        "OPENAI_COMPATIBLE, /llm/v2/models Authorization=Bearer sk-ada-0123456789-wxyz",
    })
    void asksEveryProviderInItsOwnWay(Provider provider, String question) throws Exception {
        try (var endpoints = endpoints(Set.of(url("")))) {
            assertThat(ModelListing.verdict(endpoint(endpoints, provider), KEY, PATIENCE))
                    .isEqualTo(new Verdict.Accepted());
        }
        assertThat(asked).containsExactly(question);
    }

    @ParameterizedTest
    @CsvSource({
        "GOOGLE, 400, Refused",
        "OPENAI, 400, Unreachable",
        "OPENAI, 401, Refused",
        "OPENAI, 403, Refused",
        "OPENAI, 302, Unreachable",
        "OPENAI, 429, Unreachable",
        "OPENAI, 500, Unreachable",
    })
    void judgesByTheStatusAlone(Provider provider, int answered, String verdict) throws Exception {
        status = answered;
        try (var endpoints = endpoints(Set.of())) {
            assertThat(ModelListing.verdict(endpoint(endpoints, provider), KEY, PATIENCE))
                    .extracting(seen -> seen.getClass().getSimpleName())
                    .isEqualTo(verdict);
        }
    }

    @Test
    void waitsNoLongerThanTold() throws Exception {
        status = 0;
        try (var endpoints = endpoints(Set.of())) {
            assertThat(ModelListing.verdict(endpoint(endpoints, Provider.OPENAI), KEY, Duration.ofMillis(200)))
                    .isEqualTo(new Verdict.Unreachable());
        }
    }

    @Test
    void asksNobodyAtAUsersAddressThatIsNotPublic() throws Exception {
        try (var endpoints = endpoints(Set.of())) {
            assertThat(ModelListing.verdict(endpoint(endpoints, Provider.OPENAI_COMPATIBLE), KEY, PATIENCE))
                    .isEqualTo(new Verdict.Forbidden("base_url must be a public address"));
        }
        assertThat(asked).isEmpty();
    }

    private Endpoints endpoints(Set<String> allowed) {
        var url = URI.create(url("/"));
        return new Endpoints(new ProviderUrls(url, url, url), new AllowedOrigins(allowed));
    }

    private Endpoint endpoint(Endpoints endpoints, Provider provider) {
        return endpoints.of(provider, provider == Provider.OPENAI_COMPATIBLE ? URI.create(url("/llm/v2/")) : null);
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private HttpServer server() throws IOException {
        var created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        created.createContext("/", this::answer);
        return created;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (var name : List.of("Authorization", "x-goog-api-key", "x-api-key")) {
                if (exchange.getRequestHeaders().containsKey(name)) {
                    var key = exchange.getRequestHeaders().getFirst(name);
                    asked.add(exchange.getRequestURI() + " " + name + "=" + key);
                }
            }
            if (status == 0) {
                closing.await();
            }
            exchange.sendResponseHeaders(status == 0 ? 200 : status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
