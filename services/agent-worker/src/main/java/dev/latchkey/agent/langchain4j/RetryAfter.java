package dev.latchkey.agent.langchain4j;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ways to write how long to wait. What is written in no such way is not said at all. */
final class RetryAfter {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RetryAfter() {}

    static Optional<Duration> millis(Optional<String> text) {
        return text.flatMap(value -> amount(value, 1));
    }

    static Optional<Duration> secondsOrDate(Optional<String> text, InstantSource clock) {
        return text.flatMap(value -> amount(value, 1000).or(() -> until(value, clock)));
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
