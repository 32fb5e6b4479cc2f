package dev.latchkey.runtime;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;

/** Asks a part every two seconds whether it is there, and remembers the answer. */
public final class Pulse implements BooleanSupplier, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** One question to a part. Failing is an answer: the part is not there. */
    @FunctionalInterface
    public interface Probe {
        boolean answers() throws Exception;
    }

    private final Probe probe;
    private final AutoCloseable resource;
    private final Thread beat = Thread.ofVirtual().name("pulse").unstarted(this::beat);
    private volatile boolean alive = true;

    /** Starts asking; the part was there a moment ago, so it counts as there until it fails to answer. */
    public Pulse(Probe probe) {
        this(probe, () -> {});
    }

    private Pulse(Probe probe, AutoCloseable resource) {
        this.probe = probe;
        this.resource = resource;
        beat.start();
    }

    public static Pulse ofKafka(KafkaSettings kafka) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("default.api.timeout.ms", (int) INTERVAL.toMillis());
        properties.put("request.timeout.ms", (int) INTERVAL.toMillis());
        var admin = Admin.create(properties);
        return new Pulse(
                () -> !admin.describeCluster()
                        .nodes()
                        .get(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
                        .isEmpty(),
                () -> admin.close(Duration.ZERO));
    }

    /** Any answer below status 500 counts. */
    public static Pulse ofRegistry(KafkaSettings kafka) {
        return ofHttp(Parts.subjects(kafka));
    }

    private static Pulse ofHttp(URI url) {
        var http = HttpClient.newBuilder().connectTimeout(INTERVAL).build();
        var request = HttpRequest.newBuilder(url).timeout(INTERVAL).build();
        return new Pulse(
                () -> http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500, http);
    }

    @Override
    public boolean getAsBoolean() {
        return alive;
    }

    @Override
    public void close() {
        beat.interrupt();
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("a pulse could not be stopped", e);
        }
    }

    private void beat() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                alive = ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask() throws InterruptedException {
        try {
            return probe.answers();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }
}
