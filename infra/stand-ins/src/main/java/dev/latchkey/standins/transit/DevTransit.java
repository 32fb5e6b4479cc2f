package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * FOR DEVELOPMENT ONLY: the part of Vault's HTTP API that Latchkey uses, with real AES-256-GCM. Its master keys lie in
 * memory or in a plain file; production has a real Vault or OpenBao.
 *
 * <p>Tokens stand for {@link Identity identities}; everything is refused with 403 that an identity's policy does not
 * allow.
 */
public final class DevTransit implements AutoCloseable {
    private static final HeaderName TOKEN = HeaderNames.create("X-Vault-Token");

    private final TransitState state;
    private final Engine engine;
    private final LocalServer server;

    private DevTransit(Listen listen, TransitState state) {
        this.state = state;
        this.engine = new Engine(state, new SecureRandom());
        this.server = LocalServer.start("the dev transit", listen, this::route);
    }

    /** Starts with the two keys that Latchkey needs: {@code transitKey}, derived, and one for fingerprints. */
    public static DevTransit start(Listen listen, TransitState state, String transitKey) {
        state.create(transitKey, true);
        state.create(transitKey + "-fingerprint", false);
        return new DevTransit(listen, state);
    }

    public URI address() {
        return server.address();
    }

    public String token(Identity identity) {
        return state.token(identity);
    }

    @Override
    public void close() {
        server.close();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get("/v1/sys/health", (request, response) -> Json.send(response, 200, health()))
                .get("/v1/auth/token/lookup-self", this::lookUpSelf)
                .get("/v1/transit/keys/{key}", operation(Operation.READ));
        write(routing, "/v1/transit/keys/{key}", Operation.CREATE);
        write(routing, "/v1/transit/keys/{key}/rotate", Operation.ROTATE);
        write(routing, "/v1/transit/encrypt/{key}", Operation.ENCRYPT);
        write(routing, "/v1/transit/decrypt/{key}", Operation.DECRYPT);
        write(routing, "/v1/transit/rewrap/{key}", Operation.REWRAP);
        write(routing, "/v1/transit/hmac/{key}", Operation.HMAC);
        routing.any((request, response) -> send(response, Reply.error(404, "no handler for route")));
    }

    private void write(HttpRouting.Builder routing, String path, Operation operation) {
        routing.post(path, operation(operation)).put(path, operation(operation));
    }

    private Handler operation(Operation operation) {
        return (request, response) -> {
            boolean allowed = identity(request)
                    .filter(identity -> identity.may(operation))
                    .isPresent();
            send(response, allowed ? run(operation, request) : Reply.error(403, "permission denied"));
        };
    }

    private Reply run(Operation operation, ServerRequest request) {
        var key = request.path().pathParameters().get("key");
        Optional<JsonNode> body = request.content().hasEntity()
                ? LocalServer.body(request)
                : Optional.of(JsonNodeFactory.instance.objectNode());
        return body.map(fields -> engine.run(operation, key, fields))
                .orElseGet(() -> Reply.error(400, "failed to parse JSON input"));
    }

    private Optional<Identity> identity(ServerRequest request) {
        return request.headers().first(TOKEN).flatMap(state::identityOf);
    }

    private void lookUpSelf(ServerRequest request, ServerResponse response) {
        var reply = identity(request)
                .map(identity -> Reply.of(Map.of(
                        "display_name",
                        "dev-" + identity.policy(),
                        "policies",
                        List.of(identity.policy()),
                        "renewable",
                        false,
                        "ttl",
                        0)))
                .orElseGet(() -> Reply.error(403, "permission denied"));
        send(response, reply);
    }

    private static Map<String, Object> health() {
        var health = new LinkedHashMap<String, Object>();
        health.put("initialized", true);
        health.put("sealed", false);
        health.put("standby", false);
        health.put("version", "latchkey-dev-transit, for development only");
        return health;
    }

    private static void send(ServerResponse response, Reply reply) {
        Json.send(response, reply.status(), reply.body());
    }
}
