package dev.latchkey.streams;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** What a service asks Kafka before it starts. Without an answer it does not start, and says so. */
public final class Brokers {
    /** How long a single answer is waited for. */
    public static final long PATIENCE_SECONDS = 5;

    /** Something to ask. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
    }

    private Brokers() {}

    /** Throws StartRefused when Kafka can not say. */
    public static <T> T ask(KafkaSettings kafka, Question<T> question) {
        try (var admin = Admin.create(kafka.clientProperties())) {
            return question.ask(admin);
        } catch (ExecutionException | TimeoutException e) {
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        }
    }
}
