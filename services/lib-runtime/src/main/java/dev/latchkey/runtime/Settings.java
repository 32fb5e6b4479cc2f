package dev.latchkey.runtime;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The environment variables of one process. A blank one counts as unset. */
public final class Settings {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    private final Map<String, String> variables;

    public Settings(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String name) {
        return optional(name).orElseThrow(() -> new StartRefused("environment variable " + name + " is not set"));
    }

    public String text(String name, String fallback) {
        return optional(name).orElse(fallback);
    }

    public URI uri(String name) {
        return parse(name, text(name), "an absolute URL", Settings::absolute);
    }

    public URI uri(String name, URI fallback) {
        return optional(name)
                .map(value -> parse(name, value, "an absolute URL", Settings::absolute))
                .orElse(fallback);
    }

    public int number(String name, int fallback) {
        return optional(name)
                .map(value -> parse(name, value, "a whole number", Integer::valueOf))
                .orElse(fallback);
    }

    public boolean flag(String name, boolean fallback) {
        return optional(name)
                .map(value -> parse(name, value, "true or false", Settings::truth))
                .orElse(fallback);
    }

    /** Written as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h} or in ISO 8601. */
    public Duration duration(String name, Duration fallback) {
        return optional(name)
                .map(value -> parse(name, value, "a duration such as 500ms, 10s, 5m or 24h", Settings::span))
                .orElse(fallback);
    }

    private static <T> T parse(String name, String value, String kind, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new StartRefused("environment variable " + name + " must be " + kind + ", not " + value, e);
        }
    }

    private static URI absolute(String value) {
        var uri = URI.create(value);
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("no scheme or no host");
        }
        return uri;
    }

    private static boolean truth(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration span(String value) {
        var matcher = SHORT_DURATION.matcher(value);
        if (!matcher.matches()) {
            return Duration.parse(value);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
