package dev.latchkey.streams;

/** An event that was let in, with what it came as, for whoever may have to reject it yet. */
public record Received<V>(V event, Origin origin) {}
