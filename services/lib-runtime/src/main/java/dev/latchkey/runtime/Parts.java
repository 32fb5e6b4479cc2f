package dev.latchkey.runtime;

import dev.latchkey.schemas.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Looks, before a service starts, whether the parts that it needs answer. */
public final class Parts {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Parts() {}

    public static void requireKafka(KafkaSettings kafka, Topic<?>... topics) {
        var missing = missingTopics(kafka, Stream.of(topics).map(Topic::name).toList());
        if (!missing.isEmpty()) {
            throw new StartRefused("Kafka at " + kafka.bootstrap() + " (" + KafkaSettings.KAFKA + ") has no topic "
                    + String.join(", ", missing) + ": create the topics first");
        }
    }

    public static void requireRegistry(KafkaSettings kafka) {
        var url = kafka.registry().url();
        requireHttp("the schema registry", URI.create(url + "/subjects"), KafkaSettings.REGISTRY);
    }

    /** Requires an answer of status 200 to a GET. */
    public static void requireHttp(String part, URI url, String setting) {
        requireHttp(part, url, setting, status -> status == 200);
    }

    public static void requireHttp(String part, URI url, String setting, IntPredicate healthy) {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (!healthy.test(status)) {
                throw new StartRefused(part + " at " + url + " (" + setting + ") answers with status " + status);
            }
        } catch (IOException e) {
            throw absent(part, url.toString(), setting, e);
        } catch (InterruptedException e) {
            throw interrupted(part, url.toString(), setting, e);
        }
    }

    private static List<String> missingTopics(KafkaSettings kafka, List<String> wanted) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        properties.put("request.timeout.ms", (int) PATIENCE.toMillis());
        try (var admin = Admin.create(properties)) {
            var present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return wanted.stream().filter(topic -> !present.contains(topic)).toList();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        } catch (InterruptedException e) {
            throw interrupted("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        }
    }

    public static StartRefused absent(String part, String address, String setting, Exception cause) {
        return new StartRefused(part + " does not answer at " + address + " (" + setting + ")", cause);
    }

    private static StartRefused interrupted(String part, String address, String setting, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return absent(part, address, setting, cause);
    }
}
