package dev.latchkey.agent.credentials;

import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class CredentialViewTest {
    private static final CredentialVersion THIRD = new CredentialVersion(CREDENTIAL, 3L);

    @Test
    void keepsTheHighestRevisionWhateverTheOrder() {
        var view = new CredentialView(InstantSource.fixed(NOW));

        view.changed(deletedCredential());
        view.changed(credential().build());

        assertThat(view.now(CREDENTIAL)).contains(deletedCredential());
    }

    @Test
    void waitsForTheRevisionThatATaskWasReleasedWith() throws Exception {
        var view = new CredentialView(InstantSource.system());
        view.changed(credential().setRevision(2).build());
        var third = credential().build();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<CredentialChanged>> waiting =
                    threads.submit(() -> view.await(THIRD, Instant.now().plusSeconds(60)));
            Awaitility.await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
            view.changed(third);

            assertThat(waiting.get()).contains(third);
        }
    }

    @Test
    void stopsWaitingAtTheDeadline() throws Exception {
        var view = new CredentialView(InstantSource.system());

        assertThat(view.await(THIRD, Instant.now().plusMillis(50))).isEmpty();
    }
}
