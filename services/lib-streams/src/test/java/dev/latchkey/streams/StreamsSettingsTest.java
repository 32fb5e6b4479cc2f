package dev.latchkey.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.junit.jupiter.api.Test;

final class StreamsSettingsTest {
    @Test
    void runsExactlyOnceFromTheFirstRecordWithNothingUnnamed() {
        var kafka = new KafkaSettings(
                "localhost:9092", RegistryFormat.Settings.apicurio(URI.create("http://localhost:8081")));

        var settings =
                new StreamsSettings("latchkey-test", kafka, Path.of("state"), URI.create("http://one.internal:8082"));

        assertThat(settings.properties())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("bootstrap.servers", "localhost:9092"),
                        Map.entry("application.id", "latchkey-test"),
                        Map.entry("application.server", "one.internal:8082"),
                        Map.entry("state.dir", "state"),
                        Map.entry("processing.guarantee", "exactly_once_v2"),
                        Map.entry("topology.optimization", "reuse.ktable.source.topics"),
                        Map.entry("topic.max.compaction.lag.ms", 3_600_000),
                        Map.entry("topic.max.message.bytes", 4_194_304),
                        Map.entry("producer.max.request.size", 4_194_304),
                        Map.entry("ensure.explicit.internal.resource.naming", true),
                        Map.entry("default.timestamp.extractor", UsePartitionTimeOnInvalidTimestamp.class),
                        Map.entry("auto.offset.reset", "earliest"),
                        Map.entry("consumer.session.timeout.ms", 10_000),
                        Map.entry("consumer.heartbeat.interval.ms", 1_000)));
    }
}
