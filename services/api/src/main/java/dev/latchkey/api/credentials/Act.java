package dev.latchkey.api.credentials;

import java.util.UUID;

/**
 * Who does something, and in which request.
 *
 * @param userId whose credentials it is about
 * @param actor as the history names who does it
 */
public record Act(UUID userId, String actor, String requestId) {
    /** What the owner does. */
    public Act(UUID userId, String requestId) {
        this(userId, userId.toString(), requestId);
    }

    public static Act ofOperator(UUID userId, String requestId) {
        return new Act(userId, "operator", requestId);
    }
}
