package dev.latchkey.router.topology;

import static dev.latchkey.events.RunControl.APPROVED;
import static dev.latchkey.events.RunControl.CANCELLED;
import static dev.latchkey.router.Given.BEN;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.call;
import static dev.latchkey.router.Given.control;
import static dev.latchkey.router.Given.credential;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptUntil;
import static dev.latchkey.router.Given.promptWith;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.step;
import static dev.latchkey.router.Given.systemDefault;
import static dev.latchkey.router.Given.unfinished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.router.runs.Room;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user has room for three tasks, two of them with one credential, and four prompts may wait. */
final class QueuesTest {
    private static final AnswerGiven FINE = new AnswerGiven("Fine.", 1L, 1L, null);
    private static final ProviderUnavailable OVERLOADED = new ProviderUnavailable("status 503", null);

    private final RouterRig router = RouterRig.withRoom(new Room(3, 2, 4));
    private final List<AgentTask> released = new ArrayList<>();
    private int looked;

    @BeforeEach
    void chooseADefault() {
        router.change(active("a", 1, 1));
        router.change(active("b", 2, 0));
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void releasesWhatThereIsRoomForAndSaysThatTheRestIsAccepted() {
        submit("p1", "p2", "p3");

        assertThat(newTasks()).containsExactly(id("p1"), id("p2"));
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, AgentRun::getStep, AgentRun::getReceipt)
                .endsWith(tuple(id("p3"), RunState.ACCEPTED, 0, null));
    }

    @Test
    void releasesTheNextInTheOrderInWhichTheyCame() {
        submit("p1", "p2", "p3", "p4", "p5");
        newTasks();
        router.runs();

        answer("p2");
        answer("p1");
        answer("p3");

        assertThat(newTasks()).containsExactly(id("p3"), id("p4"), id("p5"));
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState)
                .containsExactly(
                        tuple(id("p2"), RunState.ANSWERED),
                        tuple(id("p3"), RunState.RUNNING),
                        tuple(id("p1"), RunState.ANSWERED),
                        tuple(id("p4"), RunState.RUNNING),
                        tuple(id("p3"), RunState.ANSWERED),
                        tuple(id("p5"), RunState.RUNNING));
    }

    @Test
    void holdsUpNoPromptOnAnotherCredential() {
        submit("p1", "p2", "p3", "p4");

        router.submit(promptWith("q1", credential("b")));

        assertThat(newTasks()).containsExactly(id("p1"), id("p2"), id("q1"));
    }

    @Test
    void holdsUpNoOtherUser() {
        submit("p1", "p2", "p3", "p4");
        router.change(CredentialChanged.newBuilder(active("of-ben", 1, 1))
                .setUserId(BEN)
                .build());

        router.submit(PromptSubmitted.newBuilder(prompt("q1")).setUserId(BEN).build());

        assertThat(newTasks()).containsExactly(id("p1"), id("p2"), id("q1"));
    }

    @Test
    void keepsAllOfAUsersTasksWithinTheUsersRoom() {
        submit("p1", "p2");
        router.submit(promptWith("q1", credential("b")));
        router.submit(promptWith("q2", credential("b")));
        submit("p3");
        assertThat(newTasks()).containsExactly(id("p1"), id("p2"), id("q1"));

        answer("p1");
        answer("p2");

        assertThat(newTasks()).containsExactly(id("q2"), id("p3"));
    }

    @Test
    void countsTheOperatorsKeyForTheUserOnly() {
        try (var rig = RouterRig.withSystemModel()) {
            for (var name : List.of("p1", "p2", "p3")) {
                rig.submit(promptWith(name, systemDefault()));
            }

            assertThat(rig.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("p1"), id("p2"));
        }
    }

    @Test
    void givesUpThePlaceInAPauseAndGoesBeforeThoseThatHaveNotBegun() {
        submit("p1", "p2", "p3", "p4");
        newTasks();
        router.report(result(taskOf("p1"), OVERLOADED));
        assertThat(newTasks()).containsExactly(id("p3"));
        router.runs();

        router.pass(Duration.ofSeconds(1));
        assertThat(newTasks()).isEmpty();
        assertThat(router.runs()).isEmpty();
        answer("p2");

        assertThat(newTasks()).containsExactly(id("p1"));
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, QueuesTest::attempts)
                .containsExactly(tuple(id("p2"), RunState.ANSWERED, 1), tuple(id("p1"), RunState.RUNNING, 2));
    }

    @Test
    void letsWhatHasBegunGoFirstAlsoBeforePromptsOnAnotherCredential() {
        submit("p1", "p2");
        for (var name : List.of("q1", "q2", "q3")) {
            router.submit(promptWith(name, credential("b")));
        }
        newTasks();
        router.report(result(taskOf("p1"), OVERLOADED));
        router.pass(Duration.ofSeconds(1));
        assertThat(newTasks()).containsExactly(id("q2"));

        answer("q1");

        assertThat(newTasks()).containsExactly(id("p1"));
    }

    @Test
    void givesUpThePlaceForADecisionAndGoesBeforeThoseThatHaveNotBegun() {
        submit("p1", "p2", "p3", "p4");
        newTasks();
        router.report(AgentResult.newBuilder(unfinished(taskOf("p1"), FINE, List.of()))
                .setPendingCalls(List.of(call("A")))
                .build());
        assertThat(newTasks()).containsExactly(id("p3"));
        router.runs();

        router.control(control("p1", APPROVED, null));
        assertThat(newTasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getPendingCalls)
                .containsExactly(tuple(RunState.ACCEPTED, List.of()));
        answer("p2");

        assertThat(newTasks()).containsExactly(id("p1"));
    }

    @Test
    void keepsThePlaceFromStepToStep() {
        submit("p1", "p2", "p3");
        newTasks();

        router.report(unfinished(taskOf("p1"), FINE, List.of(step("A"))));

        assertThat(newTasks()).containsExactly(id("p1"));
    }

    @Test
    void failsWhatWaitedUntilItsDeadline() {
        submit("p1", "p2");
        router.submit(promptUntil("p3", NOW.plusSeconds(20)));
        newTasks();
        router.runs();

        router.pass(Duration.ofSeconds(20));
        answer("p1");

        assertThat(newTasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, AgentRun::getReason)
                .startsWith(tuple(id("p3"), RunState.FAILED, RunReason.DEADLINE_PASSED));
        assertThat(router.dump(RouterStores.QUEUE)).isEmpty();
    }

    @Test
    void releasesNothingAfterItsDeadlineAlsoBeforeTheNextLook() {
        submit("p1", "p2");
        router.submit(promptUntil("p3", NOW.plusMillis(40)));
        submit("p4");
        newTasks();

        router.jump(Duration.ofMillis(50));
        answer("p1");

        assertThat(newTasks()).containsExactly(id("p4"));
    }

    @Test
    void refusesMoreThanMayWait() {
        submit("p1", "p2", "p3", "p4", "p5", "p6");
        router.runs();

        submit("p7");

        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, AgentRun::getReason, AgentRun::getMessage)
                .containsExactly(tuple(
                        id("p7"),
                        RunState.REFUSED,
                        RunReason.TOO_MANY_PROMPTS,
                        "You have 4 prompts that wait for their turn, and can have no more."));
    }

    @Test
    void passesOverWhatWasCancelledInTheQueue() {
        submit("p1", "p2", "p3", "p4");
        newTasks();

        router.control(control("p3", CANCELLED, null));
        answer("p1");

        assertThat(newTasks()).containsExactly(id("p4"));
    }

    @Test
    void releasesTheNextWhenOneIsCancelled() {
        submit("p1", "p2", "p3");
        newTasks();

        router.control(control("p1", CANCELLED, null));

        assertThat(newTasks()).containsExactly(id("p3"));
    }

    @Test
    void releasesTheNextWhenNothingComesBack() {
        router.submit(promptUntil("p1", NOW.plusSeconds(20)));
        submit("p2", "p3");
        newTasks();

        router.pass(Duration.ofSeconds(30));

        assertThat(newTasks()).containsExactly(id("p3"));
    }

    @Test
    void endsTheQueueOfADeletedCredential() {
        submit("p1", "p2", "p3", "p4");
        newTasks();
        router.runs();

        router.change(deleted("a", 3, 1));
        answer("p1");

        assertThat(newTasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getReason)
                .containsExactlyInAnyOrder(
                        tuple(id("p3"), RunReason.CREDENTIAL_INACTIVE),
                        tuple(id("p4"), RunReason.CREDENTIAL_INACTIVE),
                        tuple(id("p1"), null));
    }

    @Test
    void releasesWithTheCredentialAsItIsThen() {
        submit("p1", "p2", "p3");
        newTasks();

        router.change(active("a", 3, 1));
        answer("p1");

        assertThat(newTasks()).containsExactly(id("p3"));
        assertThat(taskOf("p3").getCredential()).isEqualTo(new CredentialVersion(id("a"), 3L));
        assertThat(taskOf("p3").getRoutedAt()).isEqualTo(NOW);
    }

    @Test
    void keepsTheTraceOfOnePromptOutOfAnother() {
        submit("p1", "p2", "p3");
        router.taskRecords().forEach(task -> released.add(task.value()));
        var trace = new RecordHeaders().add("traceparent", "00-p1".getBytes(StandardCharsets.UTF_8));

        router.report(result(taskOf("p1"), FINE), trace);

        assertThat(router.taskRecords().getFirst().headers()).isEqualTo(new RecordHeaders());
        assertThat(router.runRecords().stream()
                        .filter(run -> run.value().getState() == RunState.ANSWERED)
                        .toList())
                .allSatisfy(run -> assertThat(run.headers()).isEqualTo(trace));
    }

    @Test
    void keepsNothingOfWhatEnded() {
        submit("p1", "p2", "p3", "p4");
        newTasks();
        for (var name : List.of("p1", "p2", "p3", "p4")) {
            answer(name);
            newTasks();
        }

        assertThat(router.dump(RouterStores.LANES)).isEmpty();
        assertThat(router.dump(RouterStores.QUEUE)).isEmpty();
        assertThat(router.dump(RouterStores.LISTENING)).isEmpty();
    }

    private void submit(String... names) {
        Stream.of(names).forEach(name -> router.submit(prompt(name)));
    }

    private void answer(String name) {
        collect();
        router.report(result(taskOf(name), FINE));
    }

    private AgentTask taskOf(String name) {
        return released.stream()
                .filter(task -> task.getPromptId().equals(id(name)))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    /** Whose tasks were released since it was asked last. */
    private List<UUID> newTasks() {
        collect();
        var names = released.stream().skip(looked).map(AgentTask::getPromptId).toList();
        looked = released.size();
        return names;
    }

    private void collect() {
        released.addAll(router.tasks());
    }

    private static int attempts(AgentRun run) {
        return run.getReceipt().getAttempts();
    }
}
