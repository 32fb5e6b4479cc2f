package dev.latchkey.agent;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Tasks that say themselves how they go, and an answerer that obeys. */
final class Tasks {
    static final String HANG = "hang";

    private Tasks() {}

    static AgentTask saying(String words) {
        return Samples.task()
                .setTaskId(UUID.randomUUID())
                .setPromptId(UUID.randomUUID())
                .setMessages(List.of(new Message(Role.USER, words)))
                .build();
    }

    static String words(AgentTask task) {
        return task.getMessages().getFirst().getText();
    }

    static AgentResult answered(AgentTask task) {
        return AgentResult.newBuilder()
                .setTaskId(task.getTaskId())
                .setPromptId(task.getPromptId())
                .setUserId(task.getUserId())
                .setAttempt(task.getAttempt())
                .setOutcome(new AnswerGiven(words(task), 1L, 1L, null))
                .setMaskedKey(Samples.MASKED)
                .setStartedAt(Samples.NOW)
                .setFinishedAt(Samples.NOW)
                .build();
    }

    /** Answers at once, but never a task that says {@link #HANG}. */
    static Answerer obeying() {
        return task -> {
            if (words(task).equals(HANG)) {
                new CountDownLatch(1).await();
            }
            return answered(task);
        };
    }
}
