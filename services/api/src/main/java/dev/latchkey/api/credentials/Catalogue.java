package dev.latchkey.api.credentials;

import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decided about models.
 *
 * @param defaultModels the model of each provider for a credential that names none; models age, so it is configuration
 * @param allowedOrigins origins that a base URL may have although they are not public or not https
 */
public record Catalogue(Map<Provider, String> defaultModels, AllowedOrigins allowedOrigins) {
    public Catalogue {
        defaultModels = Map.copyOf(defaultModels);
    }

    public static Provider provider(String name) {
        return Provider.named(name).orElseThrow(() -> new BrokenRule("the provider must be one of " + providers()));
    }

    public Model model(Provider provider, @Nullable String name, @Nullable URI baseUrl) {
        var model = new Model(provider, name == null ? defaultModel(provider) : name, baseUrl);
        if (baseUrl != null && !allowedOrigins.contains(baseUrl) && !"https".equals(baseUrl.getScheme())) {
            throw new BrokenRule("base_url must be https");
        }
        return model;
    }

    private static String providers() {
        return Stream.of(Provider.values()).map(Provider::wireName).collect(Collectors.joining(", "));
    }

    private String defaultModel(Provider provider) {
        var name = defaultModels.get(provider);
        if (name == null) {
            throw new BrokenRule("model_name is needed for " + provider.wireName());
        }
        return name;
    }
}
