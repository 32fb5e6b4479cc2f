package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Budget;
import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.store.BudgetStore;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user allows the own runs in a day, over HTTP. */
final class Budgets {
    /** A budget as its user sees it. */
    record View(@Nullable Long tokensPerDay, @Nullable BigDecimal costPerDay, String currency) {
        static View of(Budget budget) {
            var cost = budget.costPerDay();
            return new View(
                    budget.tokensPerDay(), cost == null ? null : cost.stripTrailingZeros(), BudgetBody.CURRENCY);
        }
    }

    private static final String PATH = "/api/v1/users/me/budget";

    private final Door door;
    private final BudgetStore store;

    Budgets(Door door, BudgetStore store) {
        this.door = door;
        this.store = store;
    }

    List<Route> routes() {
        return List.of(Route.put(PATH, this::set), Route.get(PATH, this::find), Route.delete(PATH, this::lift));
    }

    private void set(ServerRequest request, ServerResponse response) {
        var userId = userOf(request, response, Kind.WRITE);
        send(response, store.set(userId, Bodies.read(request, BudgetBody.class).budget()));
    }

    private void find(ServerRequest request, ServerResponse response) {
        send(response, store.find(userOf(request, response, Kind.READ)));
    }

    private void lift(ServerRequest request, ServerResponse response) {
        send(response, store.set(userOf(request, response, Kind.WRITE), Budget.UNLIMITED));
    }

    private UUID userOf(ServerRequest request, ServerResponse response, Kind kind) {
        return door.admit(request, response, kind).userId();
    }

    private static void send(ServerResponse response, Budget budget) {
        Answers.send(response, Answers.ok(View.of(budget)));
    }
}
