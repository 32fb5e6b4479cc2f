package dev.latchkey.providers.http;

import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.http.Endpoint.Protocol;
import io.helidon.common.tls.Tls;
import java.net.InetAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds every provider's endpoint: the operator's at the addresses that are set, users' own where they may be. */
public final class Endpoints implements AutoCloseable {
    private final ProviderUrls urls;
    private final AllowedOrigins allowed;
    private final OperatorWeb operatorWeb = new OperatorWeb();
    private final PublicWeb publicWeb = new PublicWeb(
            new PublicHosts(InetAddress::getAllByName), Tls.builder().build());

    public Endpoints(ProviderUrls urls, AllowedOrigins allowed) {
        this.urls = urls;
        this.allowed = allowed;
    }

    /**
     * The endpoint of a provider.
     *
     * @param baseUrl where an openai-compatible provider is, with its version path; null for all others
     */
    public Endpoint of(Provider provider, @Nullable URI baseUrl) {
        return switch (provider) {
            case OPENAI -> Endpoint.versioned(Protocol.OPENAI, urls.openAi(), "/v1", operatorWeb);
            case GOOGLE -> Endpoint.versioned(Protocol.GEMINI, urls.gemini(), "/v1beta", operatorWeb);
            case ANTHROPIC -> Endpoint.versioned(Protocol.ANTHROPIC, urls.anthropic(), "/v1", operatorWeb);
            case OPENAI_COMPATIBLE -> usersOwn(Objects.requireNonNull(baseUrl));
        };
    }

    /** The endpoint as events name it. Empty when there is no such provider or no address for it. */
    public Optional<Endpoint> find(String provider, @Nullable String baseUrl) {
        return Provider.named(provider)
                .flatMap(known -> known == Provider.OPENAI_COMPATIBLE
                        ? address(baseUrl).map(this::usersOwn)
                        : Optional.of(of(known, null)));
    }

    @Override
    public void close() {
        operatorWeb.close();
        publicWeb.close();
    }

    private Endpoint usersOwn(URI baseUrl) {
        return new Endpoint(Protocol.OPENAI, baseUrl, allowed.contains(baseUrl) ? operatorWeb : publicWeb);
    }

    private static Optional<URI> address(@Nullable String url) {
        try {
            return Optional.ofNullable(url).map(URI::create).filter(address -> address.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
