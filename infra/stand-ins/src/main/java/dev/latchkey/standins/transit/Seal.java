package dev.latchkey.standins.transit;

import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Whether the transit works at all. It starts unsealed; the key that unseals it is its root token. */
final class Seal {
    private static final Set<String> ANSWERED_WHILE_SEALED =
            Set.of("/v1/sys/health", "/v1/sys/seal-status", "/v1/sys/unseal");

    private final TransitState state;
    private final Access access;
    private volatile boolean sealed;

    Seal(TransitState state, Access access) {
        this.state = state;
        this.access = access;
    }

    void register(HttpRouting.Builder routing) {
        routing.addFilter(this::filter)
                .get("/v1/sys/health", (request, response) -> Json.send(response, sealed ? 503 : 200, health()))
                .get("/v1/sys/seal-status", (request, response) -> Json.send(response, 200, status()))
                .put("/v1/sys/seal", this::seal)
                .put("/v1/sys/unseal", this::unseal);
    }

    private void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (sealed && !ANSWERED_WHILE_SEALED.contains(request.path().path())) {
            send(response, Reply.error(503, "Vault is sealed"));
        } else {
            chain.proceed();
        }
    }

    private void seal(ServerRequest request, ServerResponse response) {
        if (access.isRoot(request)) {
            sealed = true;
            response.status(204).send();
        } else {
            send(response, access.denial(request));
        }
    }

    private void unseal(ServerRequest request, ServerResponse response) {
        boolean opens = LocalServer.body(request)
                .filter(body -> state.identityOf(body.path("key").asText())
                        .filter(identity -> identity == Identity.ROOT)
                        .isPresent())
                .isPresent();
        if (opens) {
            sealed = false;
            Json.send(response, 200, status());
        } else {
            send(response, Reply.error(400, "invalid key"));
        }
    }

    private Map<String, Object> status() {
        return Map.of("type", "shamir", "initialized", true, "sealed", sealed, "t", 1, "n", 1);
    }

    private Map<String, Object> health() {
        var health = new LinkedHashMap<String, Object>();
        health.put("initialized", true);
        health.put("sealed", sealed);
        health.put("standby", false);
        health.put("version", "latchkey-dev-transit, for development only");
        return health;
    }

    private static void send(ServerResponse response, Reply reply) {
        Json.send(response, reply.status(), reply.body());
    }
}
