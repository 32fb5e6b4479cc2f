package dev.latchkey.runtime;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that tells a caller what is wrong, in the shape of RFC 9457.
 *
 * @param detail one sentence for people; never a key, a ciphertext or somebody else's answer
 * @param retryAfter when to come back, if that helps
 */
public record Problem(int status, String title, String detail, Optional<Duration> retryAfter) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem(int status, String title, String detail) {
        this(status, title, detail, Optional.empty());
    }

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem has a status from 400 to 599, not " + status);
        }
    }

    /** What the body of the answer says, in its order. */
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        return members;
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    public static Problem unauthorized(String detail) {
        return new Problem(401, "Unauthorized", detail);
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail);
    }

    public static Problem methodNotAllowed(String detail) {
        return new Problem(405, "Method not allowed", detail);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail);
    }

    public static Problem gone(String detail) {
        return new Problem(410, "Gone", detail);
    }

    public static Problem tooLarge(String detail) {
        return new Problem(413, "Content too large", detail);
    }

    public static Problem unsupportedMediaType(String detail) {
        return new Problem(415, "Unsupported media type", detail);
    }

    public static Problem unprocessable(String detail) {
        return new Problem(422, "Unprocessable content", detail);
    }

    public static Problem tooManyRequests(String detail, Duration retryAfter) {
        return new Problem(429, "Too many requests", detail, Optional.of(retryAfter));
    }

    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "Service unavailable", detail, Optional.of(retryAfter));
    }
}
