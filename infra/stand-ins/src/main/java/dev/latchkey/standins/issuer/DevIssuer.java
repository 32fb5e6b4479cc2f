package dev.latchkey.standins.issuer;

import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/**
 * FOR DEVELOPMENT ONLY: publishes the public key of a {@link TokenSigner} at {@code /.well-known/jwks.json}, and gives a
 * token for any user to whoever asks {@code POST /tokens/{user}}. Production has an identity provider.
 */
public final class DevIssuer implements AutoCloseable {
    private static final Duration TTL = Duration.ofHours(12);

    private final TokenSigner signer;
    private final LocalServer server;

    private DevIssuer(Listen listen, TokenSigner signer) {
        this.signer = signer;
        this.server = LocalServer.start("the dev issuer", listen, this::route);
    }

    public static DevIssuer start(Listen listen, TokenSigner signer) {
        return new DevIssuer(listen, signer);
    }

    public String token(UUID user, Duration ttl) {
        return signer.token(user, ttl);
    }

    public URI jwks() {
        return server.address().resolve("/.well-known/jwks.json");
    }

    @Override
    public void close() {
        server.close();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get("/.well-known/jwks.json", this::sendKeys).post("/tokens/{user}", this::sendToken);
    }

    private void sendKeys(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/jwk-set+json").send(signer.publicKeys());
    }

    private void sendToken(ServerRequest request, ServerResponse response) {
        try {
            var user = UUID.fromString(request.path().pathParameters().get("user"));
            response.send(signer.token(user, TTL));
        } catch (IllegalArgumentException e) {
            response.status(Status.BAD_REQUEST_400).send("a user is a UUID");
        }
    }
}
