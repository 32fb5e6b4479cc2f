package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.VaultUnavailable;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vault's transit engine over HTTP. What Vault or a proxy writes into an error never leaves this class: it may quote. */
final class Transit {
    private static final int CONNECT_SECONDS = 2;
    private static final int ANSWER_SECONDS = 5;

    /** @param fields empty unless the status is 200 */
    record Answer(int status, Map<String, String> fields) {}

    private final URI address;
    private final Vault vault;

    Transit(VaultSettings settings) {
        this.address = settings.address();
        this.vault = connect(settings);
    }

    /** Throws {@link VaultUnavailable} when no answer comes or the answer is that Vault can not work now. */
    Answer post(String operation, String key, Map<String, Object> body) {
        try {
            var response = vault.logical().write("transit/" + operation + "/" + key, body);
            int status = response.getRestResponse().getStatus();
            return new Answer(status, status == 200 ? response.getData() : Map.of());
        } catch (VaultException e) {
            throw unavailable(e);
        }
    }

    /** The field of an answer that must have worked. */
    String require(Answer answer, String field) {
        var value = answer.fields().get(field);
        if (value == null) {
            throw refusal(answer.status());
        }
        return value;
    }

    VaultUnavailable refusal(int status) {
        return new VaultUnavailable("Vault at " + address + " refuses with status " + status);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** The driver's exception quotes response bodies: only the transport's own failure below it is kept. */
    private VaultUnavailable unavailable(VaultException e) {
        if (e.getHttpStatusCode() != 0) {
            return refusal(e.getHttpStatusCode());
        }
        restoreInterrupt(e);
        return new VaultUnavailable("Vault at " + address + " does not answer", e.getCause());
    }

    /** The driver swallows interrupts. */
    private static void restoreInterrupt(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Vault connect(VaultSettings settings) {
        try {
            return Vault.create(new VaultConfig()
                    .address(settings.address().toString())
                    .token(settings.token())
                    .engineVersion(1)
                    .readTimeout(ANSWER_SECONDS)
                    .httpClient(client())
                    .build());
        } catch (VaultException e) {
            throw new VaultUnavailable("Vault at " + settings.address() + " can not be used", e);
        }
    }

    /** One client for all calls; left alone, the driver makes a new one for each. */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(CONNECT_SECONDS))
                .build();
    }
}
