package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** A service that is started without something that it needs. */
public final class RefusedStart {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RefusedStart() {}

    /**
     * All that a service printed, once it has ended with status 1. Throws AssertionError when it ends otherwise,
     * or does not within ten seconds.
     *
     * @param environment the settings that it has, and none of this process
     */
    public static String sentence(Class<?> main, Map<String, String> environment) {
        try {
            var output = Files.createTempFile("refused-start", ".log");
            try (var service = ServiceProcess.start(main, environment, output)) {
                return sentence(service);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String sentence(ServiceProcess service) throws InterruptedException {
        if (!service.endsWithin(PATIENCE)) {
            throw new AssertionError("it had not ended after " + PATIENCE.toSeconds() + " s");
        }
        if (service.status() != 1) {
            throw new AssertionError("it ended with status " + service.status() + ", not 1");
        }
        return service.output().strip();
    }
}
