package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Who has the root token of a stack's Vault. */
record VaultOperator(Stack stack) {
    static final String ROOT_TOKEN = "root-of-the-tests";

    void seal() {
        put("/v1/sys/seal", "{}", 204);
    }

    void unseal() {
        put("/v1/sys/unseal", "{\"key\": \"" + ROOT_TOKEN + "\"}", 200);
    }

    void revokeLogins() {
        put("/v1/sys/leases/revoke-prefix/auth/approle/login", "{}", 204);
    }

    private void put(String path, String body, int wanted) {
        var request = HttpRequest.newBuilder(URI.create(stack.ports().url(Listener.TRANSIT) + path))
                .header("X-Vault-Token", ROOT_TOKEN)
                .PUT(BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .as(path)
                    .isEqualTo(wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
