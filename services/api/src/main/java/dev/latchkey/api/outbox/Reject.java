package dev.latchkey.api.outbox;

/** A row that Kafka can never take, and why. */
record Reject(OutboxRow row, String reason) {}
