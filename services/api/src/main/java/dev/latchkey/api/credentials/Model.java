package dev.latchkey.api.credentials;

import dev.latchkey.providers.Provider;
import dev.latchkey.sealing.Destination;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model at a provider.
 *
 * @param baseUrl where an openai-compatible provider is, with its version path, such as {@code https://host/v1}; null
 *     for all others, whose addresses are the operator's choice
 */
public record Model(
        Provider provider, String name, @Nullable URI baseUrl) {
    private static final Pattern NAME = Pattern.compile("[!-~]{1,100}");
    private static final int LONGEST_URL = 500;

    public Model {
        if (!NAME.matcher(name).matches()) {
            throw new BrokenRule("model_name must be 1 to 100 printable ASCII characters without spaces");
        }
        if ((provider == Provider.OPENAI_COMPATIBLE) != (baseUrl != null)) {
            throw new BrokenRule("base_url is needed for openai-compatible and not allowed for any other provider");
        }
        if (baseUrl != null && !isPlainWebAddress(baseUrl)) {
            throw new BrokenRule("base_url must be a URL with a host and without user, query and fragment");
        }
    }

    public Model named(String newName) {
        return new Model(provider, newName, baseUrl);
    }

    /** Where a key for this model may be sent. */
    public Destination destination() {
        return new Destination(provider.wireName(), baseUrl == null ? null : baseUrl.toString());
    }

    private static boolean isPlainWebAddress(URI url) {
        return url.getHost() != null
                && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.toString().length() <= LONGEST_URL;
    }
}
