package dev.latchkey.api.rest;

import dev.latchkey.api.following.RunFollowers;
import dev.latchkey.api.store.BudgetStore;
import dev.latchkey.api.store.PromptStore;
import dev.latchkey.api.store.ReplyStore;
import java.util.List;
import java.util.stream.Stream;

/** All routes of the API. */
public final class ApiRoutes {
    /** What prompts, budgets and repeated requests are kept in, and who follows runs. */
    public record Stores(PromptStore prompts, BudgetStore budgets, ReplyStore replies, RunFollowers followers) {}

    private ApiRoutes() {}

    public static List<Route> of(Office office, DataKeys dataKeys, Stores stores, Upstreams upstreams) {
        var once = new OnceOnly(office.door(), stores.replies());
        return Stream.of(
                        new Credentials(office, once).routes(),
                        dataKeys.routes(office.door()),
                        new Validations(office, new StoredKeys(upstreams.agent(), upstreams.agentSecret()), once)
                                .routes(),
                        new Prompts(office.door(), once, stores.prompts(), upstreams.router()).routes(),
                        new RunEvents(office.door(), stores.prompts(), upstreams.router(), stores.followers()).routes(),
                        new RunOrders(once, stores.prompts(), upstreams.router()).routes(),
                        new Budgets(office.door(), stores.budgets()).routes(),
                        forwarded(office.door(), upstreams),
                        List.of(OpenApi.route()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> forwarded(Door door, Upstreams upstreams) {
        return List.of(
                upstreams.pnl().route(door, "/api/v1/users/me/pnl"),
                upstreams.pnl().route(door, "/api/v1/users/me/pnl/positions"),
                upstreams.router().route(door, "/api/v1/users/me/default-model"),
                upstreams.router().route(door, "/api/v1/users/me/usage"));
    }
}
