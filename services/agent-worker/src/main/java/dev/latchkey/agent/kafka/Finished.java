package dev.latchkey.agent.kafka;

/** A record that was worked on, and what it came to. Each is one of its own: none equals another. */
final class Finished {
    private final PartitionWork work;
    private final long offset;
    private final Output output;

    Finished(PartitionWork work, long offset, Output output) {
        this.work = work;
        this.offset = offset;
        this.output = output;
    }

    PartitionWork work() {
        return work;
    }

    long offset() {
        return offset;
    }

    Output output() {
        return output;
    }
}
