package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.MORNING;
import static dev.latchkey.api.Samples.act;
import static dev.latchkey.api.Samples.prompt;
import static dev.latchkey.api.Samples.registration;
import static dev.latchkey.api.Samples.userDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.schemas.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PromptStoreTest {
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());

    private final CredentialStore credentials = new CredentialStore(DATABASE, CLERK);
    private final PromptStore store = new PromptStore(DATABASE, CLERK, Duration.ofDays(7));
    private final Outbox outbox = new Outbox(DATABASE);
    private final Act act = act();

    @BeforeEach
    void clear() {
        outbox.clear();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void publishesOnceWhatIsSubmittedTwice() {
        var prompt = prompt(userDefault());

        assertThat(store.submit(act.userId(), prompt, Epilogue.none())).isEqualTo(new Submission.Accepted());
        assertThat(store.submit(act.userId(), prompt, Epilogue.none())).isEqualTo(new Submission.Accepted());

        assertThat(outbox.prompts()).extracting(PromptSubmitted::getPromptId).containsExactly(prompt.id());
        assertThat(store.isSubmitted(act.userId(), prompt.id())).isTrue();
    }

    @Test
    void takesAPromptIdForEachOfItsUsers() {
        var prompt = prompt(userDefault());
        var stranger = UUID.randomUUID();
        store.submit(act.userId(), prompt, Epilogue.none());
        assertThat(store.isSubmitted(stranger, prompt.id())).isFalse();

        assertThat(store.submit(stranger, prompt, Epilogue.none())).isEqualTo(new Submission.Accepted());

        assertThat(outbox.prompts()).extracting(PromptSubmitted::getUserId).containsExactly(act.userId(), stranger);
    }

    /** As the router does. */
    @Test
    void forgetsAPromptOnceItsRunMayBeForgotten() {
        var now = new AtomicReference<>(MORNING);
        var clerk = new Clerk(new UuidSource(now::get, new SecureRandom()), now::get);
        var week = new PromptStore(DATABASE, clerk, Duration.ofDays(7));
        var prompt = prompt(userDefault());
        week.submit(act.userId(), prompt, Epilogue.none());

        now.set(MORNING.plus(Duration.ofDays(7)).minusSeconds(1));
        assertThat(week.isSubmitted(act.userId(), prompt.id())).isTrue();
        now.set(MORNING.plus(Duration.ofDays(7)));
        assertThat(week.isSubmitted(act.userId(), prompt.id())).isFalse();
        week.submit(act.userId(), prompt(userDefault()), Epilogue.none());

        assertThat(Postgres.rows(DATABASE, "SELECT 1 FROM submitted_prompts WHERE prompt_id = '" + prompt.id() + "'"))
                .isEmpty();
        assertThat(week.submit(act.userId(), prompt, Epilogue.none())).isEqualTo(new Submission.Accepted());
        assertThat(outbox.prompts()).hasSize(3);
    }

    @Test
    void keepsAUsersPromptsInTheOrderOfTheirCommits() throws Exception {
        var early = prompt(userDefault());
        var late = prompt(userDefault());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var overtaking = DATABASE.inTransaction(sql -> {
                Turn.take(sql, act.userId(), new Turns(CLERK));
                var submission = threads.submit(() -> store.submit(act.userId(), late, Epilogue.none()));
                await().until(() -> waitingSessions() > 0);
                new Lane<>(Topics.PROMPTS).send(sql, act.userId(), early.submitted(act.userId(), null, CLERK.now()));
                return submission;
            });

            assertThat(overtaking.get()).isEqualTo(new Submission.Accepted());
        }

        assertThat(outbox.prompts()).extracting(PromptSubmitted::getPromptId).containsExactly(early.id(), late.id());
    }

    @Test
    void waitsForNothingWhenTheUserNeverHadADefault() {
        register("gpt-4o-mini");

        store.submit(act.userId(), prompt(userDefault()), Epilogue.none());

        assertThat(outbox.prompts().getFirst().getAfter()).isNull();
    }

    @Test
    void waitsForTheNewestChangeOfTheDefault() {
        var id = register("gpt-4o-mini");
        credentials.makeDefault(act, id);
        credentials.validated(act, new CredentialVersion(id, 2L), Epilogue.none());

        store.submit(act.userId(), prompt(userDefault()), Epilogue.none());

        assertThat(outbox.prompts().getFirst().getAfter()).isEqualTo(new CredentialVersion(id, 3L));
    }

    @Test
    void waitsForTheDeletionOfTheDefault() {
        var id = register("gpt-4o-mini");
        credentials.makeDefault(act, id);
        credentials.delete(act, id);

        store.submit(act.userId(), prompt(userDefault()), Epilogue.none());

        assertThat(outbox.prompts().getFirst().getAfter()).isEqualTo(new CredentialVersion(id, 3L));
    }

    @Test
    void waitsForTheNamedCredential() {
        var id = register("gpt-4o-mini");

        store.submit(act.userId(), prompt(new ModelChoice(ModelChoiceKind.CREDENTIAL, id, List.of())), Epilogue.none());

        assertThat(outbox.prompts().getFirst().getAfter()).isEqualTo(new CredentialVersion(id, 1L));
    }

    @Test
    void refusesACredentialOfSomebodyElse() {
        var id = register("gpt-4o-mini");

        var submission = store.submit(
                UUID.randomUUID(), prompt(new ModelChoice(ModelChoiceKind.CREDENTIAL, id, List.of())), Epilogue.none());

        assertThat(submission).isEqualTo(new Submission.UnknownCredential());
        assertThat(outbox.prompts()).isEmpty();
    }

    /** Sessions that wait for a lock. */
    private static int waitingSessions() {
        return Postgres.count(
                DATABASE, "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    private UUID register(String modelName) {
        var registration = registration(modelName);
        credentials.register(act, registration, Epilogue.none());
        return registration.id();
    }
}
