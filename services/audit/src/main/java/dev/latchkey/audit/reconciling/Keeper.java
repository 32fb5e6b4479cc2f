package dev.latchkey.audit.reconciling;

/** Who keeps credentials. */
public enum Keeper {
    /** The rows in PostgreSQL. */
    TABLE,
    /** The newest events on {@code credentials}, and for the defaults those on {@code default-models}. */
    TOPIC,
    /** What all entries of {@code credential-audit} come to. */
    HISTORY
}
