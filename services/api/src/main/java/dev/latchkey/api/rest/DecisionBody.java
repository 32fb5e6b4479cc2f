package dev.latchkey.api.rest;

import org.jspecify.annotations.Nullable;

/**
 * Body of a decision.
 *
 * @param callId the pending call that is decided; null for all of them
 */
record DecisionBody(@Nullable Boolean approved, @Nullable String callId) {
    boolean isApproved() {
        return Bodies.required(approved, "approved");
    }
}
