package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.LocalServer;
import dev.latchkey.standins.transit.Tokens.Token;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who asks: tokens that were given, AppRoles that log in for one, and the words in which Vault turns others away. */
final class Access {
    private static final HeaderName TOKEN = HeaderNames.create("X-Vault-Token");

    private final TransitState state;
    private final List<Role> roles;
    private final InstantSource clock;
    private final Tokens tokens;

    Access(TransitState state, List<Role> roles) {
        this.state = state;
        this.roles = List.copyOf(roles);
        this.clock = state.clock();
        this.tokens = new Tokens(clock);
    }

    void register(HttpRouting.Builder routing) {
        routing.post("/v1/auth/approle/login", this::logIn)
                .put("/v1/auth/approle/login", this::logIn)
                .get("/v1/auth/token/lookup-self", this::lookUpSelf)
                .post("/v1/auth/token/renew-self", this::renewSelf)
                .put("/v1/auth/token/renew-self", this::renewSelf)
                .put("/v1/sys/leases/revoke-prefix/auth/approle/login", this::revokeLogins);
    }

    Optional<Identity> identity(ServerRequest request) {
        return token(request).map(Token::identity);
    }

    boolean isRoot(ServerRequest request) {
        return identity(request).filter(identity -> identity == Identity.ROOT).isPresent();
    }

    /** An unknown token is told apart from one that may not do this. */
    Reply denial(ServerRequest request) {
        if (text(request).isEmpty()) {
            return Reply.error(403, "permission denied");
        }
        return token(request).isPresent()
                ? Reply.error(403, "1 error occurred:\n\t* permission denied\n\n")
                : Reply.error(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n");
    }

    private void logIn(ServerRequest request, ServerResponse response) {
        var ids = LocalServer.body(request);
        var reply = ids.filter(fields -> !fields.path("secret_id").asText().isEmpty())
                .map(this::loggedIn)
                .orElseGet(() -> Reply.error(400, "missing secret_id"));
        send(response, reply);
    }

    private Reply loggedIn(JsonNode ids) {
        return roles.stream()
                .filter(role -> isSame(role.roleId(), ids.path("role_id").asText())
                        && isSame(role.secretId(), ids.path("secret_id").asText()))
                .findFirst()
                .map(tokens::issue)
                .map(text -> granted(text, tokens.find(text).orElseThrow()))
                .orElseGet(() -> Reply.error(400, "invalid role or secret ID"));
    }

    private void lookUpSelf(ServerRequest request, ServerResponse response) {
        send(response, token(request).map(this::described).orElseGet(() -> denial(request)));
    }

    private void renewSelf(ServerRequest request, ServerResponse response) {
        var text = text(request).orElse("");
        send(
                response,
                token(request)
                        .map(token -> token.isRenewable()
                                ? tokens.renew(text)
                                        .map(renewed -> granted(text, renewed))
                                        .orElseGet(() -> denial(request))
                                : Reply.error(400, "invalid lease ID"))
                        .orElseGet(() -> denial(request)));
    }

    private void revokeLogins(ServerRequest request, ServerResponse response) {
        if (isRoot(request)) {
            tokens.revokeAll();
            response.status(204).send();
        } else {
            send(response, denial(request));
        }
    }

    private Optional<String> text(ServerRequest request) {
        return request.headers().first(TOKEN);
    }

    private Optional<Token> token(ServerRequest request) {
        return text(request)
                .flatMap(text ->
                        tokens.find(text).or(() -> state.identityOf(text).map(Token::forEver)));
    }

    private Reply granted(String text, Token token) {
        var auth = new LinkedHashMap<String, Object>();
        auth.put("client_token", text);
        auth.put("policies", List.of(token.identity().vaultPolicy()));
        auth.put("lease_duration", token.secondsLeft(token.renewedAt()));
        auth.put("renewable", token.isRenewable());
        auth.put("token_type", "service");
        return Reply.auth(auth);
    }

    private Reply described(Token token) {
        return Reply.of(Map.of(
                "display_name",
                "dev-" + token.identity().policy(),
                "policies",
                List.of(token.identity().vaultPolicy()),
                "creation_ttl",
                token.lease().span().toSeconds(),
                "renewable",
                token.isRenewable(),
                "ttl",
                token.secondsLeft(clock.instant())));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(ServerResponse response, Reply reply) {
        Json.send(response, reply.status(), reply.body());
    }
}
