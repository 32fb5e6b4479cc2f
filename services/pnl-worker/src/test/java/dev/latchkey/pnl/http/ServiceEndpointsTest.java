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
import dev.latchkey.pnl.views.LastPrice;
import dev.latchkey.pnl.views.Lookup;
import dev.latchkey.pnl.views.PriceLookup;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.ServiceSecret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceEndpointsTest {
    private static final String SECRET = "secret-of-the-two";
    private static final String PNL = "users/OF/pnl";
    private static final String POSITIONS = PNL + "/positions";
    private static final String PRICE = "prices/BTC-USD";
    private static final LastPrice LAST =
            new LastPrice("USD", decimal("64000.000000000000000001"), START, "kraken", false);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Peers peers = new Peers();
    private final HttpEndpoint owner =
            serve(user -> new Lookup.Found(user.equals(USER) ? List.of(inAll(), netted()) : List.of()));
    private final HttpEndpoint other = serve(_ -> new Lookup.Elsewhere(at(owner)));
    private final HttpEndpoint moving = serve(_ -> new Lookup.Unsettled());

    @AfterEach
    void stop() {
        List.of(other, moving, owner).forEach(HttpEndpoint::close);
        peers.close();
        http.close();
    }

    @Test
    void tellsAServiceWhatAllOfAUserComesToWithoutNamingTheUser() throws Exception {
        var answer = get(owner, PNL);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body(answer)).isEqualTo(json("""
                {"currencies": [{
                 "quote_currency": "USD", "method": "fifo", "realized_gross": "20.000000000000000000",
                 "fees": "1.500000000000000000", "realized_net": "18.500000000000000000",
                 "open_fees": "0.500000000000000000", "cash_flow": "-81.500000000000000000",
                 "unrealized_gross": null, "market_value": null, "mark_stale": true,
                 "fees_other": {}, "trade_count": 2, "last_executed_at": null}]}"""));
    }

    @Test
    void tellsAServiceThePositionsOfAUser() throws Exception {
        assertThat(body(get(owner, POSITIONS))).isEqualTo(json("""
                {"positions": [{
                 "level": "symbol", "symbol": "BTC-USD", "algorithm_id": null,
                 "position_qty": "0.000000000000000001", "avg_cost": "100.000000000000000000",
                 "mark": null, "mark_as_of": null,
                 "quote_currency": "USD", "method": "fifo", "realized_gross": "20.000000000000000000",
                 "fees": "1.500000000000000000", "realized_net": "18.500000000000000000",
                 "open_fees": "0.500000000000000000", "cash_flow": "-81.500000000000000000",
                 "unrealized_gross": null, "market_value": null, "mark_stale": true,
                 "fees_other": {}, "trade_count": 2, "last_executed_at": null}]}"""));
    }

    @Test
    void tellsAServiceTheLastPriceOfASymbol() throws Exception {
        assertThat(body(get(owner, PRICE))).isEqualTo(json("""
                {"symbol": "BTC-USD", "prices": [{
                 "quote_currency": "USD", "price": "64000.000000000000000001",
                 "as_of": "2026-01-05T10:00:00Z", "source": "kraken", "stale": false}]}"""));
        assertThat(body(get(owner, "prices/BRK%2FB%20x")).path("symbol").asText())
                .isEqualTo("BRK/B x");
    }

    @Test
    void knowsNoPriceOfASymbolThatWasNeverPricedAndNoUserWithoutId() throws Exception {
        assertThat(body(get(owner, "prices/NOTHING"))).isEqualTo(json("""
                {"type": "about:blank", "title": "Not found", "status": 404,
                 "detail": "no price of that symbol was heard of"}"""));
        assertThat(body(get(owner, "users/me/pnl"))).isEqualTo(json("""
                {"type": "about:blank", "title": "Not found", "status": 404, "detail": "no such user"}"""));
    }

    /** A model writes symbols. */
    @ParameterizedTest
    @ValueSource(strings = {"..%2Fusers%2FOF%2Fpnl", "x%2F..%2F..%2Fusers%2FOF%2Fpnl", "%2E%2E%2Fusers%2FOF%2Fpnl"})
    void tellsNoFiguresOfAUserWhereASymbolIsAskedFor(String symbol) throws Exception {
        assertThat(get(owner, "prices/" + symbol).body()).doesNotContain("currencies");
    }

    @ParameterizedTest
    @ValueSource(strings = {PNL, POSITIONS, PRICE})
    void answersNobodyWhoDoesNotShowTheSecret(String path) throws Exception {
        var without = http.send(request(owner, path).build(), BodyHandlers.ofString());
        var wrong = http.send(
                request(owner, path)
                        .header(ServiceSecret.HEADER.defaultCase(), "secret-of-others")
                        .header("Authorization", "Bearer anything")
                        .build(),
                BodyHandlers.ofString());

        assertThat(List.of(without.statusCode(), wrong.statusCode())).containsExactly(403, 403);
        assertThat(wrong.body()).isEqualTo(without.body()).doesNotContain("100.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {PNL, POSITIONS})
    void passesAQuestionOnToWhereTheUsersBooksAre(String path) throws Exception {
        var answer = get(other, path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(get(owner, path).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {PNL, POSITIONS, PRICE})
    void asksToComeBackWhenNobodyCanAnswerNow(String path) throws Exception {
        var answer = get(moving, path);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
    }

    private HttpResponse<String> get(HttpEndpoint instance, String path) throws Exception {
        var request = request(instance, path).header(ServiceSecret.HEADER.defaultCase(), SECRET);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(HttpEndpoint instance, String path) {
        return HttpRequest.newBuilder(at(instance).resolve("/internal/v1/" + path.replace("OF", USER.toString())));
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

    private static PnlUpdated inAll() {
        return figures(PnlLevel.USER).build();
    }

    private static PnlUpdated netted() {
        return figures(PnlLevel.SYMBOL)
                .setSymbol("BTC-USD")
                .setPositionQty(decimal("0.000000000000000001"))
                .setAvgCost(decimal("100"))
                .build();
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
                .setFeesOther(Map.of())
                .setTradeCount(2)
                .setLastExecutedAt(null);
    }

    private HttpEndpoint serve(Function<UUID, Lookup> books) {
        var isMoving = books.apply(id("anybody")) instanceof Lookup.Unsettled;
        var views = new ServiceEndpoints.Views(
                books, symbol -> isMoving ? new PriceLookup.Unsettled() : new PriceLookup.Found(prices(symbol)));
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var endpoints = new ServiceEndpoints(new ServiceSecret(SECRET), views, peers);
        return HttpEndpoint.start(HttpAddress.local(0), new Health(), meters, endpoints::register);
    }

    private static List<LastPrice> prices(String symbol) {
        return symbol.equals("NOTHING") ? List.of() : List.of(LAST);
    }
}
