package dev.latchkey.agent.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Does what a record asks for. */
@FunctionalInterface
interface RecordHandler {
    /** The record is done when this returns, and still to be done when it throws InterruptedException. */
    void handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
}
