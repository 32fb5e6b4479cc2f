package dev.latchkey.pnl.http;

import dev.latchkey.events.PnlUpdated;
import dev.latchkey.pnl.views.LastPrice;
import dev.latchkey.pnl.views.Lookup;
import dev.latchkey.pnl.views.PriceLookup;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.runtime.ServiceSecret;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What other services of this installation ask on behalf of a user: the user's figures, and prices. Nobody else may. */
public final class ServiceEndpoints {
    record Currencies(List<Summary> currencies) {
        static Currencies of(List<PnlUpdated> figures) {
            return new Currencies(Summary.allOf(figures));
        }
    }

    record Holdings(List<Position> positions) {
        static Holdings of(List<PnlUpdated> figures) {
            return new Holdings(Position.allOf(figures));
        }
    }

    record Prices(String symbol, List<LastPrice> prices) {}

    private static final Problem NO_USER = Problem.notFound("no such user");
    private static final Problem NO_PRICE = Problem.notFound("no price of that symbol was heard of");
    private static final Problem NOT_YET = Problem.unavailable("prices are not known here yet", Duration.ofSeconds(1));

    private final ServiceSecret secret;
    private final Views views;
    private final Peers peers;

    /** Where answers come from: the books of a user, the prices of a symbol. */
    public record Views(Function<UUID, Lookup> books, Function<String, PriceLookup> prices) {}

    public ServiceEndpoints(ServiceSecret secret, Views views, Peers peers) {
        this.secret = secret;
        this.views = views;
        this.peers = peers;
    }

    public void register(HttpRouting.Builder routes) {
        routes.get("/internal/v1/users/{id}/pnl", (request, response) -> figures(request, response, Currencies::of))
                .get(
                        "/internal/v1/users/{id}/pnl/positions",
                        (request, response) -> figures(request, response, Holdings::of))
                .get("/internal/v1/prices/{+symbol}", this::prices);
    }

    private void figures(ServerRequest request, ServerResponse response, Function<List<PnlUpdated>, Record> body) {
        secret.requireOf(request);
        var userId = PathId.of(request).orElseThrow(() -> new ProblemException(NO_USER));
        switch (views.books().apply(userId)) {
            case Lookup.Found(var figures) -> Json.send(response, 200, body.apply(figures));
            case Lookup.Elsewhere(var instance) -> peers.passOn(instance, request, response);
            case Lookup.Unsettled() -> throw Peers.moving();
        }
    }

    private void prices(ServerRequest request, ServerResponse response) {
        secret.requireOf(request);
        var symbol = request.path().pathParameters().get("symbol");
        switch (views.prices().apply(symbol)) {
            case PriceLookup.Found(var prices) -> Json.send(response, 200, new Prices(symbol, known(prices)));
            case PriceLookup.Unsettled() -> throw new ProblemException(NOT_YET);
        }
    }

    private static List<LastPrice> known(List<LastPrice> prices) {
        if (prices.isEmpty()) {
            throw new ProblemException(NO_PRICE);
        }
        return prices;
    }
}
