package dev.latchkey.agent.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record came to, as it is published.
 *
 * @param whenTooLarge what is published when the broker takes no record of that size; null for what is always taken
 */
record Output(
        ProducerRecord<byte[], byte[]> record, @Nullable Smaller whenTooLarge) {
    /** Makes something smaller of it. */
    @FunctionalInterface
    interface Smaller {
        Output make() throws InterruptedException;
    }
}
