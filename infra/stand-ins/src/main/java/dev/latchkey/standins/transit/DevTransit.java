package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * FOR DEVELOPMENT ONLY: the part of Vault's HTTP API that Latchkey uses, with real AES-256-GCM. Its master keys lie in
 * memory or in a plain file; production has a real Vault or OpenBao.
 *
 * <p>Tokens stand for {@link Identity identities}, {@link Role roles} log in for one; everything is refused with 403 that
 * an identity's policy does not allow.
 */
public final class DevTransit implements AutoCloseable {
    private final TransitState state;
    private final String transitKey;
    private final Engine engine;
    private final Access access;
    private final Seal seal;
    private final LocalServer server;

    private DevTransit(Listen listen, TransitState state, String transitKey, List<Role> roles) {
        this.state = state;
        this.transitKey = transitKey;
        this.engine = new Engine(state, new SecureRandom());
        this.access = new Access(state, roles);
        this.seal = new Seal(state, access);
        this.server = LocalServer.start("the dev transit", listen, this::route);
    }

    /** Lets nobody log in: only the tokens that it has are good. */
    public static DevTransit start(Listen listen, TransitState state, String transitKey) {
        return start(listen, state, transitKey, List.of());
    }

    /** Starts with the three keys that Latchkey needs: {@code transitKey} and one for data keys, derived, and one for fingerprints. */
    public static DevTransit start(Listen listen, TransitState state, String transitKey, List<Role> roles) {
        state.create(transitKey, true);
        for (var purpose : Purpose.values()) {
            purpose.keyName(transitKey).ifPresent(name -> state.create(name, purpose.isDerived()));
        }
        return new DevTransit(listen, state, transitKey, roles);
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
        seal.register(routing);
        access.register(routing);
        routing.get("/v1/transit/keys/{key}", operation(Operation.READ));
        write(routing, "/v1/transit/keys/{key}", Operation.CREATE);
        write(routing, "/v1/transit/keys/{key}/rotate", Operation.ROTATE);
        write(routing, "/v1/transit/keys/{key}/config", Operation.CONFIGURE);
        write(routing, "/v1/transit/encrypt/{key}", Operation.ENCRYPT);
        write(routing, "/v1/transit/decrypt/{key}", Operation.DECRYPT);
        write(routing, "/v1/transit/datakey/wrapped/{key}", Operation.MAKE_DATA_KEY);
        write(routing, "/v1/transit/rewrap/{key}", Operation.REWRAP);
        write(routing, "/v1/transit/hmac/{key}", Operation.HMAC);
        routing.any((request, response) -> send(
                response, access.isRoot(request) ? Reply.error(404, "no handler for route") : access.denial(request)));
    }

    private void write(HttpRouting.Builder routing, String path, Operation operation) {
        routing.post(path, operation(operation)).put(path, operation(operation));
    }

    private Handler operation(Operation operation) {
        return (request, response) -> send(
                response,
                body(request)
                        .map(body -> run(operation, request, body))
                        .orElseGet(() -> Reply.error(400, "failed to parse JSON input")));
    }

    private Reply run(Operation operation, ServerRequest request, JsonNode body) {
        var key = request.path().pathParameters().get("key");
        var purpose = Purpose.of(key, transitKey);
        boolean allowed = access.identity(request)
                .filter(identity -> identity.may(operation, purpose, body))
                .isPresent();
        return allowed ? engine.run(operation, key, body) : access.denial(request);
    }

    private static Optional<JsonNode> body(ServerRequest request) {
        return request.content().hasEntity()
                ? LocalServer.body(request)
                : Optional.of(JsonNodeFactory.instance.objectNode());
    }

    private static void send(ServerResponse response, Reply reply) {
        Json.send(response, reply.status(), reply.body());
    }
}
