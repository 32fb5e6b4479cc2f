package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.BEN;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.credential;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptWith;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.systemDefault;
import static dev.latchkey.router.Given.taskId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PromptsTest {
    private final RouterRig router = RouterRig.usual();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void releasesATaskForTheUsersDefault() {
        router.change(active("a", 3, 3));

        router.submit(prompt("p"));

        assertThat(router.tasks())
                .containsExactly(new AgentTask(
                        taskId("p", 1),
                        id("p"),
                        ANNA,
                        "analyst",
                        prompt("p").getMessages(),
                        1,
                        KeyOwner.USER,
                        new CredentialVersion(id("a"), 3L),
                        "openai",
                        "model-of-a",
                        null,
                        NOW.plus(Duration.ofMinutes(10)),
                        NOW,
                        null,
                        1,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        1,
                        NOW));
        assertThat(router.runs())
                .containsExactly(new AgentRun(
                        id("p"),
                        ANNA,
                        "analyst",
                        RunStatus.RUNNING,
                        null,
                        null,
                        null,
                        new Receipt(
                                KeyOwner.USER, id("a"), null, "openai", "model-of-a", 1, null, null, 3L, null, null),
                        NOW,
                        NOW,
                        null,
                        RunState.RUNNING,
                        1,
                        3,
                        List.of()));
    }

    @Test
    void keysTasksByUserAndRunsByPrompt() {
        router.change(active("a", 1, 1));

        router.submit(prompt("p"));

        assertThat(router.taskRecords().getFirst().key()).isEqualTo(ANNA.toString());
        assertThat(router.runRecords().getFirst().key()).isEqualTo(id("p").toString());
    }

    @Test
    void passesTheTraceOn() {
        router.change(active("a", 1, 1));
        var headers = new RecordHeaders()
                .add("traceparent", "00-trace".getBytes(StandardCharsets.UTF_8))
                .add("event-id", "1".getBytes(StandardCharsets.UTF_8));

        router.submit(prompt("p"), headers);

        assertThat(router.taskRecords().getFirst().headers())
                .isEqualTo(new RecordHeaders().add("traceparent", "00-trace".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void releasesATaskForTheNamedCredential() {
        router.change(active("a", 1, 1));
        router.change(active("b", 2, 0));

        router.submit(promptWith("p", credential("b")));

        assertThat(router.tasks())
                .extracting(AgentTask::getCredential)
                .containsExactly(new CredentialVersion(id("b"), 2L));
    }

    @Test
    void releasesATaskForTheSystemsDefaultOnRequestOnly() {
        try (var rig = RouterRig.withSystemModel()) {
            rig.submit(promptWith("p", systemDefault()));
            rig.submit(prompt("q"));

            assertThat(rig.tasks())
                    .extracting(AgentTask::getPromptId, AgentTask::getKeyOwner, AgentTask::getModelName)
                    .containsExactly(tuple(id("p"), KeyOwner.SYSTEM, "gpt-4o-mini"));
            assertThat(rig.runs())
                    .extracting(AgentRun::getReason, AgentRun::getReceipt)
                    .containsExactly(
                            tuple(
                                    null,
                                    new Receipt(
                                            KeyOwner.SYSTEM,
                                            null,
                                            null,
                                            "openai",
                                            "gpt-4o-mini",
                                            1,
                                            null,
                                            null,
                                            null,
                                            null,
                                            null)),
                            tuple(RunReason.NO_DEFAULT_MODEL, null));
        }
    }

    @Test
    void takesAPromptOnce() {
        router.change(active("a", 1, 1));
        router.submit(prompt("p"));
        var task = router.tasks().getFirst();
        router.submit(prompt("p"));
        router.report(result(task, new AnswerGiven("Fine.", 1L, 2L, null)));

        router.submit(prompt("p"));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getStatus)
                .containsExactly(RunStatus.RUNNING, RunStatus.ANSWERED);
    }

    @Test
    void letsTwoUsersUseTheSamePromptId() {
        router.change(active("a", 1, 1));
        router.submit(prompt("p"));
        router.runs();

        router.submit(PromptSubmitted.newBuilder(prompt("p")).setUserId(BEN).build());

        assertThat(router.runs())
                .extracting(AgentRun::getUserId, AgentRun::getStatus)
                .containsExactly(tuple(BEN, RunStatus.REFUSED));
    }

    @Test
    void forgetsARunAfterAWeekAndKeepsNothing() {
        router.submit(prompt("p"));
        router.jump(Duration.ofDays(7).minusSeconds(1));
        assertThat(router.dump(RouterStores.RUNS)).hasSize(1);

        router.jump(Duration.ofSeconds(2));

        assertThat(router.dump(RouterStores.RUNS)).isEmpty();
        assertThat(router.dump(RouterStores.SCHEDULE)).isEmpty();
        assertThat(router.dump(RouterStores.LISTENING)).isEmpty();
    }

    @Test
    void takesSoManyDueRunsAtATimeThatRecordsDoNotWait() {
        for (int i = 0; i < 600; i++) {
            router.submit(prompt("p" + i));
        }

        router.jump(Duration.ofDays(8));
        assertThat(router.dump(RouterStores.RUNS)).hasSize(100);
        router.jump(RouterProcessor.LOOK);

        assertThat(router.dump(RouterStores.RUNS)).isEmpty();
    }
}
