package dev.latchkey.router.usage;

import dev.latchkey.events.UsageCounted;
import java.util.List;

/** What a user took, by day, key and model; what all of today comes to; and what the user lets a day take. */
public record Usage(List<UsageCounted> counts, Spent today, Budget budget) {
    public Usage {
        counts = List.copyOf(counts);
    }
}
