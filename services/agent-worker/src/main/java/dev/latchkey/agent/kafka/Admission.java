package dev.latchkey.agent.kafka;

import dev.latchkey.events.DeadLetterReason;

/** What became of a record at the inlet. */
sealed interface Admission<V> {
    record Admitted<V>(V event) implements Admission<V> {}

    record Rejected<V>(DeadLetterReason reason, String detail) implements Admission<V> {}
}
