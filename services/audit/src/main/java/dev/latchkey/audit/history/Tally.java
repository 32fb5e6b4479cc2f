package dev.latchkey.audit.history;

/**
 * How much a replay came across.
 *
 * @param changes that count, which is those up to the moment asked for
 * @param later changes that came after that moment
 * @param users with changes that count
 * @param credentials these users had, deleted ones too
 */
public record Tally(long changes, long later, long users, long credentials, long findings) {}
