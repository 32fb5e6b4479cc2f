package dev.latchkey.api.store;

import dev.latchkey.runtime.UuidSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Gives out event ids and times, the latter in PostgreSQL's and Avro's precision. */
public record Clerk(UuidSource ids, InstantSource clock) {
    public UUID nextId() {
        return ids.next();
    }

    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
