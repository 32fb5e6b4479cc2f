package dev.latchkey.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.WholeTopic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SplitProducerTest {
    @TempDir
    private Path directory;

    @Test
    void whatLeavesAtOnceIsReadBeforeTheTransactionEndsAndStaysWhenItIsAborted() {
        try (var broker = Broker.start(directory.resolve("broker"))) {
            broker.create(1, Topics.PRICES, Topics.TRADES);
            try (var producer = producer(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                var _ = producer.send(record(Topics.PRICES, "at once"));
                var _ = producer.send(record(Topics.TRADES, "lost"));
                producer.flush();
                assertThat(committed(broker, Topics.PRICES)).containsExactly("at once");

                producer.abortTransaction();
                producer.beginTransaction();
                var _ = producer.send(record(Topics.PRICES, "at once, too"));
                var _ = producer.send(record(Topics.TRADES, "kept"));
                producer.commitTransaction();
            }

            assertThat(committed(broker, Topics.PRICES)).containsExactly("at once", "at once, too");
            assertThat(committed(broker, Topics.TRADES)).containsExactly("kept");
        }
    }

    private static SplitProducer producer(Broker broker) {
        var settings = new HashMap<>(broker.settings().clientProperties());
        settings.put("transactional.id", "somebody");
        return new SplitProducer(settings, Set.of(Topics.PRICES.name()));
    }

    private static ProducerRecord<byte[], byte[]> record(Topic<?> topic, String value) {
        return new ProducerRecord<>(topic.name(), value.getBytes(UTF_8));
    }

    private static List<String> committed(Broker broker, Topic<?> topic) {
        return new WholeTopic(broker.bootstrap(), topic.name())
                .read().stream()
                        .map(record -> new String(record.value(), UTF_8))
                        .toList();
    }
}
