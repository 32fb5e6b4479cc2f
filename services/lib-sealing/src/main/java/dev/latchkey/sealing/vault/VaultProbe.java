package dev.latchkey.sealing.vault;

import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks Vault whether it works and knows this service's token. */
public final class VaultProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final VaultSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    public VaultProbe(VaultSettings settings) {
        this.settings = settings;
    }

    /** Throws StartRefused with one sentence that names what is wrong and the setting to look at. */
    public void requireVault() {
        int status = statusOrRefuse();
        switch (status) {
            case 200 -> {}
            case 403 -> throw new StartRefused(vault() + " does not accept the token in " + VaultSettings.TOKEN);
            case 503 -> throw new StartRefused(vault() + " is sealed");
            default -> throw new StartRefused(vault() + " answers with status " + status);
        }
    }

    /** Whether Vault answers, is unsealed and knows the token. Asks, so it takes up to 5 s. */
    public boolean works() throws InterruptedException {
        try {
            return status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private int statusOrRefuse() {
        try {
            return status();
        } catch (IOException e) {
            throw new StartRefused(vault() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused(vault() + " was not waited for", e);
        }
    }

    private int status() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(lookup())
                .timeout(PATIENCE)
                .header("X-Vault-Token", settings.token())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Every identity may look itself up, and a sealed Vault answers 503 to it. */
    private URI lookup() {
        return URI.create(settings.address().toString().replaceFirst("/$", "") + "/v1/auth/token/lookup-self");
    }

    private String vault() {
        return "Vault at " + settings.address() + " (" + VaultSettings.ADDRESS + ")";
    }
}
