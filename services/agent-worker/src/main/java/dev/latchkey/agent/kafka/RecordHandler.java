package dev.latchkey.agent.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Does what a record asks for. */
@FunctionalInterface
interface RecordHandler {
    /** What it came to. The record is still to be done when this throws InterruptedException. */
    Output handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
}
