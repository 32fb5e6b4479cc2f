package dev.latchkey.agent.answering;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.systemTask;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.StepMade;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskRuleTest {
    private static final List<StepMade> STEPS = List.of(new StepMade("Let me look.", List.of(), List.of()));

    @Test
    void takesTasksOnTheUsersAndOnTheSystemsKey() {
        assertThat(brokenBy(task())).isEmpty();
        assertThat(brokenBy(systemTask())).isEmpty();
        assertThat(brokenBy(task().setMessages(List.of()).setSealedMessages(ByteBuffer.allocate(45))))
                .isEmpty();
        assertThat(brokenBy(task().setStep(2).setSteps(STEPS))).isEmpty();
        assertThat(brokenBy(task().setMessages(List.of())
                        .setSealedMessages(ByteBuffer.allocate(45))
                        .setSealedSteps(ByteBuffer.allocate(45))))
                .isEmpty();
    }

    @Test
    void namesTheBrokenRule() {
        assertThat(TaskRule.brokenBy("other", task().build())).contains("the record key is not the userId");
        assertThat(brokenBy(task().setAttempt(0))).contains("attempts count from 1");
        assertThat(brokenBy(task().setMessages(List.of()))).contains("a task has at least one message, or sealed ones");
        assertThat(brokenBy(task().setSealedMessages(ByteBuffer.allocate(45))))
                .contains("a task has at least one message, or sealed ones");
        assertThat(brokenBy(task().setStep(0))).contains("steps count from 1");
        assertThat(brokenBy(task().setSealedSteps(ByteBuffer.allocate(45))))
                .contains("the steps of a task are sealed exactly when its messages are");
        assertThat(brokenBy(task().setMessages(List.of())
                        .setSealedMessages(ByteBuffer.allocate(45))
                        .setSteps(STEPS)))
                .contains("the steps of a task are sealed exactly when its messages are");
        assertThat(brokenBy(task().setCredential(null)))
                .contains("a task names a credential exactly when the user's key pays");
        assertThat(brokenBy(task().setKeyOwner(KeyOwner.SYSTEM)))
                .contains("a task names a credential exactly when the user's key pays");
    }

    @Test
    void keepsTheSystemsKeyFromAddressesOfTasks() {
        assertThat(brokenBy(systemTask().setBaseUrl("https://thief.example/v1")))
                .contains("the system's key goes to no address of a task");
    }

    private static Optional<String> brokenBy(AgentTask.Builder task) {
        return TaskRule.brokenBy(ADA.toString(), task.build());
    }
}
