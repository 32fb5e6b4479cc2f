package dev.latchkey.agent;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A worker in a process of its own, to be killed. Reads and writes the broker at its first argument. */
final class DoomedWorker {
    private DoomedWorker() {}

    static KafkaSettings kafka(String bootstrap) {
        return new KafkaSettings(bootstrap, RegistryFormat.Settings.apicurio(URI.create("http://localhost:1")));
    }

    /** Numbers schemas in the same order in every process, as a registry would. */
    static InMemoryFormat format() {
        var format = new InMemoryFormat();
        format.serializer(Topics.AGENT_TASKS).serialize("", Samples.task().build());
        format.serializer(Topics.AGENT_RESULTS)
                .serialize("", Tasks.answered(Samples.task().build()));
        return format;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var bootstrap = List.of(arguments).getFirst();
        try (var _ = Worker.start(kafka(bootstrap), format(), Tasks.obeying())) {
            new CountDownLatch(1).await();
        }
    }
}
