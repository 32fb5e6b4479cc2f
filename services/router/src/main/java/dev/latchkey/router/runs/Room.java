package dev.latchkey.router.runs;

/**
 * How much of a user may be under way.
 *
 * @param userTasks tasks of a user that are with the workers
 * @param credentialTasks of these, tasks with one credential
 * @param userQueue prompts of a user that wait for their first task
 */
public record Room(int userTasks, int credentialTasks, int userQueue) {
    public Room {
        if (userTasks < 1 || credentialTasks < 1 || userQueue < 1) {
            throw new IllegalArgumentException("a user has room for at least 1 task, 1 task with a credential and 1"
                    + " queued prompt, not " + userTasks + ", " + credentialTasks + " and " + userQueue);
        }
    }

    public static Room usual() {
        return new Room(16, 8, 200_000);
    }
}
