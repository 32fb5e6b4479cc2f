package dev.latchkey.streams;

import dev.latchkey.events.DeadLettered;

/** What became of an input at the door. */
sealed interface Admission<V> {
    record Admitted<V>(Received<V> received) implements Admission<V> {}

    record Rejected<V>(DeadLettered letter) implements Admission<V> {}
}
