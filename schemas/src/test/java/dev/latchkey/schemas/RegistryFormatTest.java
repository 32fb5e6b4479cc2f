package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.events.OutboxPublished;
import dev.latchkey.events.PriceObserved;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a value that a serde can not read: the registry decides whose fault it is. */
final class RegistryFormatTest {
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 1, 2, 3};

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer registry =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile int status;

    RegistryFormatTest() throws IOException {
        registry.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(status, -1);
            }
        });
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    /** A serde that can read nothing, as serdes say it. */
    public static final class Baffled implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] value) {
            throw new IllegalStateException("no");
        }
    }

    /** A serde that reads an event of another topic. */
    public static final class Mistaken implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] value) {
            return new OutboxPublished(7L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, schema 7 is not in the registry",
        "200, the bytes are not what schema 7 says",
    })
    void rejectsWhatTheRegistryKnowsToBeNoEvent(int answered, String detail) {
        status = answered;

        assertThat(reader(Baffled.class).read(VALUE)).isEqualTo(new Decoded.Undecodable<>(detail));
        assertThat(asked).containsExactly("/apis/ccompat/v7/schemas/ids/7");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500, 503})
    void rejectsNothingThatTheRegistryCanNotTellAbout(int answered) {
        status = answered;
        var reader = reader(Baffled.class);

        assertThatExceptionOfType(RegistryUnavailable.class).isThrownBy(() -> reader.read(VALUE));
    }

    @Test
    void rejectsNothingWhileTheRegistryIsAway() {
        registry.stop(0);
        var reader = reader(Baffled.class);

        assertThatExceptionOfType(RegistryUnavailable.class).isThrownBy(() -> reader.read(VALUE));
    }

    @Test
    void rejectsAnEventOfAnotherTopic() {
        assertThat(reader(Mistaken.class).read(VALUE))
                .isEqualTo(new Decoded.Undecodable<>("schema 7 is no PriceObserved, which is what prices carries"));
        assertThat(asked).isEmpty();
    }

    private EventReader<PriceObserved> reader(Class<?> deserializer) {
        var url = URI.create("http://localhost:" + registry.getAddress().getPort() + "/apis/ccompat/v7");
        var settings =
                new RegistryFormat.Settings(url, RegistryFormat.Settings.APICURIO_SERIALIZER, deserializer.getName());
        return new RegistryFormat(settings).reader(Topics.PRICES);
    }
}
