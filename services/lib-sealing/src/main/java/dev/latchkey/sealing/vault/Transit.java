package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.VaultUnavailable;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vault's transit engine over HTTP. What Vault or a proxy writes into an error never leaves this class: it may quote. */
final class Transit {
    private static final int ANSWER_SECONDS = 5;

    /** @param fields empty unless the status is 200 */
    record Answer(int status, Map<String, String> fields) {}

    private final URI address;
    private final VaultSession session;
    private final HttpClient http = client();

    Transit(VaultSession session) {
        this.address = session.settings().address();
        this.session = session;
    }

    /** Throws {@link VaultUnavailable} when no answer comes or the answer is that Vault can not work now. */
    Answer post(String operation, String key, Map<String, Object> body) {
        return answer(vault -> vault.write("transit/" + operation + "/" + key, body));
    }

    /** What Vault knows about a key; throws {@link VaultUnavailable} when it does not say. */
    Answer describe(String key) {
        return answer(vault -> vault.read("transit/keys/" + key));
    }

    private interface Question {
        LogicalResponse ask(Logical vault) throws VaultException;
    }

    /** Asks once more when the session has another token meanwhile. */
    private Answer answer(Question question) {
        var token = session.token();
        var answer = answer(token, question);
        return answer.status() == 403
                ? session.insteadOf(token).map(other -> answer(other, question)).orElse(answer)
                : answer;
    }

    private Answer answer(String token, Question question) {
        try {
            var response = question.ask(vault(token).logical());
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

    private Vault vault(String token) throws VaultException {
        return Vault.create(new VaultConfig()
                .address(address.toString())
                .token(token)
                .engineVersion(1)
                .readTimeout(ANSWER_SECONDS)
                .httpClient(http)
                .build());
    }

    /**
     * One client for all calls; left alone, the driver makes a new one for each. Without a time-out of its own for
     * connecting: with that timer a connection would keep its first request, and the key in it.
     */
    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
