package dev.latchkey.embedded.parts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

/**
 * Transactions that are open in a partition and that nobody will ever end: a broker that starts again after a crash can
 * end what timed out meanwhile without telling partitions that have no leader at that moment (KAFKA-20734, in 4.3 and 4.4).
 * Whoever reads committed records, or asks for the offsets of a group, would stand still there for good.
 */
final class HangingTransactions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admin admin;

    /** A transaction as a partition knows it. */
    private record Open(TopicPartition partition, long producerId, short epoch, int coordinatorEpoch, long start) {
        static Open of(TopicPartition partition, ProducerState producer) {
            return new Open(
                    partition,
                    producer.producerId(),
                    (short) producer.producerEpoch(),
                    producer.coordinatorEpoch().orElse(0),
                    producer.currentTransactionStartOffset().orElseThrow());
        }

        AbortTransactionSpec abortion() {
            return new AbortTransactionSpec(partition, producerId, epoch, coordinatorEpoch);
        }
    }

    private HangingTransactions(Admin admin) {
        this.admin = admin;
    }

    /** Ends those that hang, and leaves alone those that go on. Returns how many it ended. */
    static int abort(String bootstrap) {
        var settings = Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        try (var admin = Admin.create(settings)) {
            return new HangingTransactions(admin).abort();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka's open transactions can not be looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at Kafka's open transactions", e);
        }
    }

    private int abort() throws ExecutionException, InterruptedException {
        var unknown = unknown(open(partitions()));
        var hanging = new HashSet<>(unknown);
        // One that ended between the two questions is gone by now.
        hanging.retainAll(open(unknown.stream().map(Open::partition).collect(Collectors.toSet())));
        for (var transaction : hanging) {
            admin.abortTransaction(transaction.abortion()).all().get();
        }
        return hanging.size();
    }

    private Set<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        var topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    private Set<Open> open(Collection<TopicPartition> partitions) throws ExecutionException, InterruptedException {
        var open = new HashSet<Open>();
        for (var state : admin.describeProducers(partitions).all().get().entrySet()) {
            open.addAll(open(state.getKey(), state.getValue()));
        }
        return open;
    }

    private static List<Open> open(TopicPartition partition, PartitionProducerState state) {
        return state.activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .map(producer -> Open.of(partition, producer))
                .toList();
    }

    /** Those of which the coordinator knows nothing. */
    private Set<Open> unknown(Set<Open> open) throws ExecutionException, InterruptedException {
        var known = known(open.stream().map(Open::producerId).collect(Collectors.toSet()));
        return open.stream()
                .filter(each -> !known.getOrDefault(each.producerId(), Set.of()).contains(each.partition()))
                .collect(Collectors.toSet());
    }

    /** The partitions of every producer's transaction, as its coordinator knows it. */
    private Map<Long, Set<TopicPartition>> known(Set<Long> producers) throws ExecutionException, InterruptedException {
        var ids = new ArrayList<String>();
        if (!producers.isEmpty()) {
            var some = new ListTransactionsOptions().filterProducerIds(producers);
            admin.listTransactions(some).all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .forEach(ids::add);
        }
        var known = new HashMap<Long, Set<TopicPartition>>();
        for (var transaction : admin.describeTransactions(ids).all().get().values()) {
            known.put(transaction.producerId(), transaction.topicPartitions());
        }
        return known;
    }
}
