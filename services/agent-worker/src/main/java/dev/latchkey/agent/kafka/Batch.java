package dev.latchkey.agent.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What one transaction holds: what records came to, and that they are done.
 *
 * @param membership as whose member of the group; the broker refuses the offsets of one that was
 */
record Batch(
        List<Finished> finished, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata membership) {
    static Batch of(List<Finished> finished, ConsumerGroupMetadata membership) {
        var done = new HashMap<PartitionWork, List<Long>>();
        finished.forEach(each ->
                done.computeIfAbsent(each.work(), _ -> new ArrayList<>()).add(each.offset()));
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        done.forEach((work, those) -> offsets.put(work.partition(), work.stateWithout(those)));
        return new Batch(List.copyOf(finished), Map.copyOf(offsets), membership);
    }
}
