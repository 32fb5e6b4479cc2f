package dev.latchkey.providers.http;

import dev.latchkey.providers.Verdict;
import dev.latchkey.providers.http.Endpoint.Protocol;
import dev.latchkey.sealing.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Has a provider list its models: the cheapest request that needs a valid key. */
public final class ModelListing {
    private ModelListing() {}

    /** Whether the endpoint takes the key. Takes as long as {@code patience} and no longer. */
    public static Verdict verdict(Endpoint endpoint, ApiKey key, Duration patience) throws InterruptedException {
        try {
            var question = Question.get(URI.create(endpoint.base() + "/models"), headers(endpoint, key));
            return verdict(
                    endpoint.protocol(), endpoint.web().ask(question, patience).status());
        } catch (NotPublic e) {
            return new Verdict.Forbidden("base_url must be a public address");
        } catch (IOException | TimeoutException e) {
            return new Verdict.Unreachable();
        }
    }

    private static Map<String, List<String>> headers(Endpoint endpoint, ApiKey key) {
        return switch (endpoint.protocol()) {
            case OPENAI -> Map.of("Authorization", key.reveal(text -> List.of("Bearer " + text)));
            case GEMINI -> Map.of("x-goog-api-key", key.reveal(List::of));
            case ANTHROPIC -> Map.of("x-api-key", key.reveal(List::of), "anthropic-version", List.of("2023-06-01"));
        };
    }

    private static Verdict verdict(Protocol protocol, int status) {
        return switch (status) {
            case 200 -> new Verdict.Accepted();
            case 401, 403 -> new Verdict.Refused();
            case 400 -> saysBadRequestToABadKey(protocol) ? new Verdict.Refused() : new Verdict.Unreachable();
            default -> new Verdict.Unreachable();
        };
    }

    /** Gemini alone answers 400 to a key that it does not know. */
    private static boolean saysBadRequestToABadKey(Protocol protocol) {
        return protocol == Protocol.GEMINI;
    }
}
