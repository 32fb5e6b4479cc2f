package dev.latchkey.api.postgres;

/** PostgreSQL is away, or did not do what it was asked in time. It may work later. */
public final class DatabaseUnavailable extends RuntimeException {
    public DatabaseUnavailable(Throwable cause) {
        super("PostgreSQL does not answer", cause);
    }
}
