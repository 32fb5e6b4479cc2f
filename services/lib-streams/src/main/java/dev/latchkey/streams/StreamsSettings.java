package dev.latchkey.streams;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;

/**
 * How a topology runs.
 *
 * @param applicationId names the consumer group, the internal topics and the transactions
 * @param stateDir where stores are kept between restarts
 * @param advertisedUrl where other instances reach this one's HTTP side
 */
public record StreamsSettings(String applicationId, KafkaSettings kafka, Path stateDir, URI advertisedUrl) {
    private static final String ADVERTISED_URL = "LATCHKEY_ADVERTISED_URL";
    private static final int SESSION_TIMEOUT_MS = 10_000;
    private static final int HEARTBEAT_MS = 1_000;
    /** What a store has deleted is gone from its changelog within an hour of the next write, not within a week. */
    private static final int COMPACTION_LAG_MS = 3_600_000;
    /** Of an entry of a store in its changelog. The topics that are not of Kafka Streams' making take 1 MiB by default. */
    private static final int LARGEST_RECORD = 4 * 1024 * 1024;

    public StreamsSettings {
        if (advertisedUrl.getPort() < 0) {
            throw new StartRefused(
                    "environment variable " + ADVERTISED_URL + " must name a port, not " + advertisedUrl);
        }
    }

    /**
     * Reads them from the environment.
     *
     * @param httpPort where the HTTP side listens
     */
    public static StreamsSettings from(Settings settings, String applicationId, int httpPort) {
        return new StreamsSettings(
                applicationId,
                KafkaSettings.from(settings),
                Path.of(settings.text("LATCHKEY_STATE_DIR", "state")),
                settings.uri(ADVERTISED_URL, URI.create("http://localhost:" + httpPort)));
    }

    Properties properties() {
        var properties = new Properties();
        properties.putAll(kafka.clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(
                StreamsConfig.APPLICATION_SERVER_CONFIG, advertisedUrl.getHost() + ":" + advertisedUrl.getPort());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.REUSE_KTABLE_SOURCE_TOPICS);
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG), COMPACTION_LAG_MS);
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), LARGEST_RECORD);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_RECORD);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, UsePartitionTimeOnInvalidTimestamp.class);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MS);
        return properties;
    }
}
