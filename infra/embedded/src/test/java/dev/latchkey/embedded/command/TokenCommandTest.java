package dev.latchkey.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.embedded.Tokens;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.TokenVerifier;
import dev.latchkey.standins.issuer.DevIssuer;
import dev.latchkey.standins.local.Listen;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenCommandTest {
    private static final String USER = "018f3a00-0000-7000-8000-000000000001";

    @TempDir
    private Path home;

    private Map<String, String> environment = Map.of();
    private Terminal terminal = new Terminal(environment);

    @BeforeEach
    void liveHere() {
        environment = Map.of("HOME", home.toString());
        terminal = new Terminal(environment);
    }

    @Test
    void printsATokenThatSpeaksForTheUserToAService() throws Exception {
        int status = terminal.execute("token", "--user", USER);

        assertThat(status).isZero();
        try (var issuer = DevIssuer.start(Listen.atAnyPort(), Tokens.signer(Tokens.keyFile(environment)));
                var service = service(new Bearer(new TokenVerifier(issuer.jwks(), "latchkey-dev", "latchkey")))) {
            assertThat(userSeenBy(service, terminal.printed().strip())).isEqualTo(USER);
        }
    }

    @Test
    void theTokenIsValidAsLongAsAskedFor() throws Exception {
        terminal.execute("token", "--user", USER, "--hours", "2");

        var claims = SignedJWT.parse(terminal.printed().strip()).getJWTClaimsSet();
        assertThat(Duration.between(instant(claims.getIssueTime()), instant(claims.getExpirationTime())))
                .isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "1-2-3-4-5"})
    void aUserIsAUuid(String user) {
        int status = terminal.execute("token", "--user", user);

        assertThat(status).isEqualTo(2);
        assertThat(terminal.printed()).isEmpty();
        assertThat(terminal.errors()).contains("'--user'", "'" + user + "' is not a UUID");
    }

    @Test
    void aTokenIsForSomebody() {
        assertThat(terminal.execute("token")).isEqualTo(2);
        assertThat(terminal.errors()).contains("--user=UUID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void aTokenThatIsOverBeforeItBeginsIsRefused(String hours) {
        int status = terminal.execute("token", "--user", USER, "--hours", hours);

        assertThat(status).isEqualTo(2);
        assertThat(terminal.printed()).isEmpty();
        assertThat(terminal.errors()).contains("--hours must be at least 1, not " + hours);
    }

    private static HttpEndpoint service(Bearer bearer) {
        return HttpEndpoint.start(
                HttpAddress.local(0),
                new Health(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                routes -> routes.get(
                        "/me",
                        (request, response) ->
                                response.send(bearer.userOf(request).toString())));
    }

    private static String userSeenBy(HttpEndpoint service, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + "/me"))
                .header("authorization", "Bearer " + token)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static Instant instant(Date date) {
        return date.toInstant();
    }
}
