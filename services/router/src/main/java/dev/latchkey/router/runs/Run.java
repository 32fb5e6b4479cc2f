package dev.latchkey.router.runs;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.PromptSubmitted;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Where the run of a prompt stands. Every state knows when it is looked at again, come what may. */
public sealed interface Run {
    RunId id();

    Instant dueAt();

    /** What its user sees; empty when there is nothing to see. */
    Optional<AgentRun> seen();

    /** One that its user can see. */
    sealed interface Visible extends Run {
        /** What the user sees. */
        AgentRun progress();

        @Override
        default RunId id() {
            return RunId.of(progress());
        }

        @Override
        default Optional<AgentRun> seen() {
            return Optional.of(progress());
        }
    }

    /** One that knows with which key it goes on. */
    sealed interface Routed extends Visible {
        AgentTask task();

        /** Empty when the operator's key is used. */
        default Optional<UUID> credentialId() {
            return Optional.ofNullable(task().getCredential()).map(CredentialVersion::getCredentialId);
        }
    }

    /** Not routed yet: a credential change is on its way. Due at the deadline. */
    record Waiting(AgentRun progress, Instant dueAt, PromptSubmitted prompt) implements Visible {}

    /**
     * The task is ready, and too many of its user's are with the workers. Due at the deadline.
     *
     * @param ticket its number in its line, which it gets there; 0 before
     */
    record Queued(AgentRun progress, Instant dueAt, AgentTask task, long ticket) implements Routed {
        /** Has no place in a line yet. */
        static Queued ready(AgentRun progress, AgentTask task) {
            return new Queued(progress, task.getDeadline(), task, 0);
        }

        /** Whether it was with the workers before: then it goes before those that were not. */
        public boolean hasBegun() {
            return progress.getReceipt() != null;
        }
    }

    /**
     * An attempt is with the workers. Due when its result would no longer count.
     *
     * @param called whether a worker is known to have begun its call
     */
    record Released(AgentRun progress, Instant dueAt, AgentTask task, boolean called) implements Routed {}

    /** The attempt of the task failed; the next one is due. */
    record Pausing(AgentRun progress, Instant dueAt, AgentTask task) implements Routed {}

    /** The user has to decide what the progress names; the task is the next one, with what was decided. Due at the deadline. */
    record Undecided(AgentRun progress, Instant dueAt, AgentTask task) implements Routed {}

    /**
     * Final. Due to be forgotten.
     *
     * @param underWay the task that was with the workers and may still be answered, and paid for
     */
    record Ended(AgentRun progress, Instant dueAt, Optional<AgentTask> underWay) implements Visible {}

    /** Cancelled before its prompt came. Due to be forgotten. */
    record Foretold(RunId id, Instant dueAt) implements Run {
        @Override
        public Optional<AgentRun> seen() {
            return Optional.empty();
        }
    }
}
