package dev.latchkey.embedded;

import dev.latchkey.embedded.parts.Provisioning;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.Service;

/** Creates the topics and registers the schemas of a cluster, then ends. */
public final class ProvisionMain {
    private ProvisionMain() {}

    public static void main(String[] args) {
        Service.run("provision", (settings, shutdown) -> {
            var kafka = KafkaSettings.from(settings);
            Parts.requireKafka(kafka);
            Parts.requireRegistry(kafka);
            new Provisioning(kafka).run();
        });
    }
}
