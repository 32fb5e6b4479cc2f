package dev.latchkey.router.usage;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Some days in UTC, first and last included. */
public record Period(LocalDate from, LocalDate to) {
    private static final int MOST_DAYS = 366;

    public Period {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "a period is 1 to " + MOST_DAYS + " days long, and ends when it begins or later");
        }
    }
}
