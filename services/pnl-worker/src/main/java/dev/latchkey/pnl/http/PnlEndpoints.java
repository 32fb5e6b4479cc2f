package dev.latchkey.pnl.http;

import dev.latchkey.events.PnlUpdated;
import dev.latchkey.pnl.views.Lookup;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Peers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a user can ask: what their books come to, and their positions. A user without trades has neither. */
public final class PnlEndpoints {
    record Summaries(UUID userId, List<Summary> currencies) {
        static Summaries of(UUID userId, List<PnlUpdated> figures) {
            return new Summaries(userId, Summary.allOf(figures));
        }
    }

    record Positions(UUID userId, List<Position> positions) {
        static Positions of(UUID userId, List<PnlUpdated> figures) {
            return new Positions(userId, Position.allOf(figures));
        }
    }

    private final Function<UUID, Lookup> books;
    private final Bearer bearer;
    private final Peers peers;

    public PnlEndpoints(Function<UUID, Lookup> books, Bearer bearer, Peers peers) {
        this.books = books;
        this.bearer = bearer;
        this.peers = peers;
    }

    public void register(HttpRouting.Builder routes) {
        routes.get("/api/v1/users/me/pnl", (request, response) -> answer(request, response, Summaries::of))
                .get("/api/v1/users/me/pnl/positions", (request, response) -> answer(request, response, Positions::of));
    }

    private void answer(
            ServerRequest request, ServerResponse response, BiFunction<UUID, List<PnlUpdated>, Record> body) {
        var userId = bearer.userOf(request);
        switch (books.apply(userId)) {
            case Lookup.Found(var figures) -> Json.send(response, 200, body.apply(userId, figures));
            case Lookup.Elsewhere(var instance) -> peers.passOn(instance, request, response);
            case Lookup.Unsettled() -> throw Peers.moving();
        }
    }
}
