package dev.latchkey.sealing.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** Where Vault gives, renews and describes tokens. One question each, asked once: who asks again, and when, is decided elsewhere. */
final class TokenDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final String address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    TokenDesk(URI address) {
        this.address = address.toString().replaceFirst("/$", "");
    }

    TokenAnswer logIn(VaultLogin.AppRole role) {
        try {
            var ids = Map.of("role_id", role.roleId(), "secret_id", secretId(role.secretId()));
            var request = request("/v1/auth/approle/login").POST(BodyPublishers.ofByteArray(Json.write(ids)));
            return ask(request, TokenDesk::granted);
        } catch (IOException e) {
            return new TokenAnswer.Unasked(
                    " can not be asked: the file in " + role.secretId().setting() + " can not be read", e);
        }
    }

    /** Every identity may look itself up, and a sealed Vault answers 503 to it. */
    TokenAnswer lookUp(String token) {
        var request = request("/v1/auth/token/lookup-self").header("X-Vault-Token", token);
        return ask(request, response -> good(token, json(response).at("/data/ttl")));
    }

    /** Asks for as much as the token had at first, and hears how much it is. */
    TokenAnswer renew(String token) {
        var request = request("/v1/auth/token/renew-self")
                .header("X-Vault-Token", token)
                .POST(BodyPublishers.ofString("{}"));
        return ask(request, response -> good(token, json(response).at("/auth/lease_duration")));
    }

    private TokenAnswer ask(HttpRequest.Builder request, Reading reading) {
        try {
            var response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? reading.of(response) : new TokenAnswer.Refused(response.statusCode());
        } catch (IOException e) {
            return new TokenAnswer.Silence(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TokenAnswer.Silence(e);
        }
    }

    private interface Reading {
        TokenAnswer of(HttpResponse<byte[]> response);
    }

    /** Something that is no Vault may answer 200 to a login; it gives no token. */
    private static TokenAnswer granted(HttpResponse<byte[]> response) {
        var auth = json(response).path("auth");
        var token = auth.path("client_token").asText();
        return token.isEmpty()
                ? new TokenAnswer.Refused(response.statusCode())
                : good(token, auth.path("lease_duration"));
    }

    private static TokenAnswer good(String token, JsonNode seconds) {
        return new TokenAnswer.Good(token, Duration.ofSeconds(seconds.asLong()));
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String secretId(VaultLogin.SecretId secretId) throws IOException {
        return switch (secretId) {
            case VaultLogin.SecretId.Text(var text) -> text;
            case VaultLogin.SecretId.InFile(var path) -> Files.readString(path).strip();
        };
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Content-Type", "application/json");
    }
}
