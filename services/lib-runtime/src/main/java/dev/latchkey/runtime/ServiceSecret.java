package dev.latchkey.runtime;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** What one service of ours shows another, where the token of a user is not enough. Prints itself to nobody. */
public record ServiceSecret(String text) {
    public static final HeaderName HEADER = HeaderNames.create("Latchkey-Service-Secret");
    private static final Pattern ACCEPTABLE = Pattern.compile("[!-~]{16,}");

    public ServiceSecret {
        if (!ACCEPTABLE.matcher(text).matches()) {
            throw new IllegalArgumentException("a secret is 16 or more printable ASCII characters without spaces");
        }
    }

    /** Refused without the value and without a cause that could quote it. */
    public static ServiceSecret from(Settings settings, String name) {
        var text = settings.text(name);
        try {
            return new ServiceSecret(text);
        } catch (IllegalArgumentException e) {
            throw new StartRefused("environment variable " + name + " is no secret: " + e.getMessage());
        }
    }

    /** Throws a 403 problem when the request does not show the secret. Takes as long whatever it shows. */
    public void requireOf(ServerRequest request) {
        var shown = request.headers().first(HEADER).orElse("");
        if (!MessageDigest.isEqual(bytes(text), bytes(shown))) {
            throw new ProblemException(Problem.forbidden("only services of this installation may ask here"));
        }
    }

    private static byte[] bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ServiceSecret[redacted]";
    }
}
