package dev.latchkey.pnl.http;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.USER;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static dev.latchkey.pnl.topology.Trades.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.events.BookMethod;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.pnl.views.Lookup;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.TokenVerifier;
import dev.latchkey.standins.issuer.DevIssuer;
import dev.latchkey.standins.issuer.TokenSigner;
import dev.latchkey.standins.local.Listen;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
final class PnlEndpointsTest {
    private static final String PNL = "pnl";
    private static final String POSITIONS = "pnl/positions";
    private static final UUID NEWCOMER = id("newcomer");
    private static final PnlUpdated IN_ALL = figures(PnlLevel.USER).build();
    private static final PnlUpdated NETTED = position(PnlLevel.SYMBOL).build();
    private static final PnlUpdated BY_ALPHA = position(PnlLevel.ALGORITHM)
            .setAlgorithmId("alpha")
            .setUnrealizedGross(decimal("30"))
            .setMarketValue(decimal("130"))
            .setMark(decimal("130"))
            .setMarkAsOf(START)
            .setMarkStale(false)
            .build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Peers peers = new Peers();
    private DevIssuer issuer;
    private HttpEndpoint owner;
    private HttpEndpoint other;
    private HttpEndpoint lost;
    private HttpEndpoint alone;
    private HttpEndpoint moving;

    @BeforeEach
    void start(@TempDir Path directory) {
        var signer = TokenSigner.keptIn(
                directory.resolve("issuer.json"), "latchkey-dev", "latchkey", InstantSource.system());
        issuer = DevIssuer.start(Listen.atAnyPort(), signer);
        owner = serve(user -> new Lookup.Found(user.equals(USER) ? List.of(IN_ALL, NETTED, BY_ALPHA) : List.of()));
        other = serve(_ -> new Lookup.Elsewhere(at(owner)));
        lost = serve(_ -> new Lookup.Elsewhere(at(other)));
        alone = serve(_ -> new Lookup.Elsewhere(URI.create("http://localhost:1")));
        moving = serve(_ -> new Lookup.Unsettled());
    }

    @AfterEach
    void stop() {
        List.of(lost, other, owner, alone, moving).forEach(HttpEndpoint::close);
        issuer.close();
        peers.close();
        http.close();
    }

    @Test
    void tellsAUserWhatAllComesToInEachCurrency() throws Exception {
        var answer = get(owner, PNL, USER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(body(answer)).isEqualTo(json("""
                {"user_id": "%s", "currencies": [{
                 "quote_currency": "USD", "method": "fifo", "realized_gross": "20.000000000000000000",
                 "fees": "1.500000000000000000", "realized_net": "18.500000000000000000",
                 "open_fees": "0.500000000000000000", "cash_flow": "-81.500000000000000000",
                 "unrealized_gross": null, "market_value": null, "mark_stale": true,
                 "fees_other": {"BNB": "0.010000000000000000"}, "trade_count": 2,
                 "last_executed_at": "2026-01-05T10:00:02Z"}]}""".formatted(USER)));
    }

    @Test
    void tellsAUserThePositionsNettedAndOfEachAlgorithm() throws Exception {
        var answer = get(owner, POSITIONS, USER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body(answer)).isEqualTo(json("""
                {"user_id": "%s", "positions": [{
                 "level": "symbol", "symbol": "BTC-USD", "algorithm_id": null,
                 "position_qty": "0.000000000000000001", "avg_cost": "100.000000000000000000",
                 "mark": null, "mark_as_of": null,
                 "quote_currency": "USD", "method": "fifo", "realized_gross": "20.000000000000000000",
                 "fees": "1.500000000000000000", "realized_net": "18.500000000000000000",
                 "open_fees": "0.500000000000000000", "cash_flow": "-81.500000000000000000",
                 "unrealized_gross": null, "market_value": null, "mark_stale": true,
                 "fees_other": {"BNB": "0.010000000000000000"}, "trade_count": 2,
                 "last_executed_at": "2026-01-05T10:00:02Z"
                }, {
                 "level": "algorithm", "symbol": "BTC-USD", "algorithm_id": "alpha",
                 "position_qty": "0.000000000000000001", "avg_cost": "100.000000000000000000",
                 "mark": "130.000000000000000000", "mark_as_of": "2026-01-05T10:00:00Z",
                 "quote_currency": "USD", "method": "fifo", "realized_gross": "20.000000000000000000",
                 "fees": "1.500000000000000000", "realized_net": "18.500000000000000000",
                 "open_fees": "0.500000000000000000", "cash_flow": "-81.500000000000000000",
                 "unrealized_gross": "30.000000000000000000", "market_value": "130.000000000000000000",
                 "mark_stale": false, "fees_other": {"BNB": "0.010000000000000000"}, "trade_count": 2,
                 "last_executed_at": "2026-01-05T10:00:02Z"}]}""".formatted(USER)));
    }

    @Test
    void showsNoFiguresToAUserWithoutTrades() throws Exception {
        assertThat(body(get(owner, PNL, NEWCOMER))).isEqualTo(json("""
                {"user_id": "%s", "currencies": []}""".formatted(NEWCOMER)));
        assertThat(body(get(owner, POSITIONS, NEWCOMER))).isEqualTo(json("""
                {"user_id": "%s", "positions": []}""".formatted(NEWCOMER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {PNL, POSITIONS})
    void asksForAToken(String path) throws Exception {
        assertUnauthorized(
                http.send(request(owner, path).build(), BodyHandlers.ofString()), "a bearer token is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {PNL, POSITIONS})
    void acceptsNoTokenThatHasExpired(String path) throws Exception {
        var request =
                request(owner, path).header("Authorization", "Bearer " + issuer.token(USER, Duration.ofHours(-1)));

        assertUnauthorized(http.send(request.build(), BodyHandlers.ofString()), "the bearer token is not valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {PNL, POSITIONS})
    void passesAQuestionOnInTheNameOfTheUserWhoAsks(String path) throws Exception {
        var mine = get(other, path, USER);
        var another = get(other, path, NEWCOMER);

        assertThat(mine.statusCode()).isEqualTo(200);
        assertThat(mine.body()).isEqualTo(get(owner, path, USER).body());
        assertThat(another.body()).isEqualTo(get(owner, path, NEWCOMER).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {PNL, POSITIONS})
    void asksToComeBackWhenNobodyCanAnswerNow(String path) throws Exception {
        assertComeBackLater(get(moving, path, USER));
        assertComeBackLater(get(alone, path, USER));
        assertComeBackLater(get(lost, path, USER));
    }

    private static void assertUnauthorized(HttpResponse<String> answer, String detail) throws IOException {
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(body(answer)).isEqualTo(json("""
                {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "%s"}""".formatted(detail)));
    }

    private static void assertComeBackLater(HttpResponse<String> answer) throws IOException {
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(body(answer)).isEqualTo(json("""
                {"type": "about:blank", "title": "Service unavailable", "status": 503,
                 "detail": "this user's state is moving between instances"}"""));
    }

    private HttpResponse<String> get(HttpEndpoint instance, String path, UUID user) throws Exception {
        var request =
                request(instance, path).header("Authorization", "Bearer " + issuer.token(user, Duration.ofHours(1)));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(HttpEndpoint instance, String path) {
        return HttpRequest.newBuilder(at(instance).resolve("/api/v1/users/me/" + path));
    }

    private static URI at(HttpEndpoint instance) {
        return URI.create("http://localhost:" + instance.port());
    }

    private static JsonNode body(HttpResponse<String> answer) throws IOException {
        return json(answer.body());
    }

    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text);
    }

    private static PnlUpdated.Builder position(PnlLevel level) {
        return figures(level)
                .setSymbol("BTC-USD")
                .setPositionQty(decimal("0.000000000000000001"))
                .setAvgCost(decimal("100"));
    }

    private static PnlUpdated.Builder figures(PnlLevel level) {
        return PnlUpdated.newBuilder()
                .setUserId(USER)
                .setLevel(level)
                .setQuoteCurrency("USD")
                .setMethod(BookMethod.FIFO)
                .setRealizedGross(decimal("20"))
                .setFees(decimal("1.5"))
                .setRealizedNet(decimal("18.5"))
                .setOpenFees(decimal("0.5"))
                .setCashFlow(decimal("-81.5"))
                .setMarkStale(true)
                .setFeesOther(Map.of("BNB", decimal("0.01")))
                .setTradeCount(2)
                .setLastExecutedAt(START.plusSeconds(2));
    }

    private HttpEndpoint serve(Function<UUID, Lookup> books) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var bearer = new Bearer(new TokenVerifier(issuer.jwks(), "latchkey-dev", "latchkey"));
        return HttpEndpoint.start(
                HttpAddress.local(0), new Health(), meters, new PnlEndpoints(books, bearer, peers)::register);
    }
}
