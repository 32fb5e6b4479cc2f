package dev.latchkey.api.outbox;

/** An event on its way: its id gives the order. */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way through, never compared.
record OutboxRow(long id, String topic, String key, byte[] payload) {
    @Override
    public String toString() {
        return "OutboxRow[id=" + id + ", topic=" + topic + "]";
    }
}
