package dev.latchkey.runtime;

import dev.latchkey.schemas.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import org.apache.kafka.common.utils.Utils;

/** Looks, before a service starts, whether the parts that it needs answer. */
public final class Parts {
    /** A service that lacks a part has ended within ten seconds, the start of its Java included. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);
    private static final Duration BEFORE_CONNECTING_AGAIN = Duration.ofMillis(200);

    private Parts() {}

    public static void requireKafka(KafkaSettings kafka, Topic<?>... topics) {
        requireListener(kafka);
        var missing = missingTopics(kafka, Stream.of(topics).map(Topic::name).toList());
        if (!missing.isEmpty()) {
            throw new StartRefused("Kafka at " + kafka.bootstrap() + " (" + KafkaSettings.KAFKA + ") has no topic "
                    + String.join(", ", missing) + ": create the topics first");
        }
    }

    public static void requireRegistry(KafkaSettings kafka) {
        requireHttp("the schema registry", subjects(kafka), KafkaSettings.REGISTRY);
    }

    /** What every registry answers. */
    static URI subjects(KafkaSettings kafka) {
        return URI.create(kafka.registry().url() + "/subjects");
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

    /** A Kafka client logs every failure to connect: none is made before somebody listens, and a refusal is one sentence. */
    private static void requireListener(KafkaSettings kafka) {
        var addresses = List.of(kafka.bootstrap().split(","));
        long start = System.nanoTime();
        try {
            while (addresses.stream().noneMatch(Parts::listens)) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new StartRefused(sentence("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA));
                }
                Thread.sleep(BEFORE_CONNECTING_AGAIN);
            }
        } catch (InterruptedException e) {
            throw interrupted("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        }
    }

    private static boolean listens(String address) {
        var host = Utils.getHost(address.strip());
        var port = Utils.getPort(address.strip());
        if (host == null || port == null) {
            return false;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT_PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
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
        return new StartRefused(sentence(part, address, setting), cause);
    }

    private static String sentence(String part, String address, String setting) {
        return part + " does not answer at " + address + " (" + setting + ")";
    }

    private static StartRefused interrupted(String part, String address, String setting, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return absent(part, address, setting, cause);
    }
}
