package dev.latchkey.agent.langchain4j;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to wait: in milliseconds, in seconds, as a date, or in Google's body. */
final class RetryAfter {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RetryAfter() {}

    /** Null when the provider does not say, or says nothing that can be read. */
    static @Nullable Duration read(HttpHeaders headers, Body body, InstantSource clock) {
        return headers.firstValue("retry-after-ms")
                .flatMap(value -> amount(value, 1))
                .or(() -> headers.firstValue("retry-after").flatMap(value -> header(value, clock)))
                .or(() -> body.retryDelay().flatMap(value -> amount(value.replaceFirst("s$", ""), 1000)))
                .orElse(null);
    }

    private static Optional<Duration> header(String value, InstantSource clock) {
        return amount(value, 1000).or(() -> until(value, clock));
    }

    private static Optional<Duration> amount(String value, int unitMillis) {
        return Optional.of(value.strip())
                .filter(text -> NUMBER.matcher(text).matches())
                .map(text -> new BigDecimal(text).multiply(BigDecimal.valueOf(unitMillis)))
                .map(millis -> Duration.ofMillis(millis.longValue()));
    }

    private static Optional<Duration> until(String date, InstantSource clock) {
        try {
            var moment = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            var wait = Duration.between(clock.instant(), moment.toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
