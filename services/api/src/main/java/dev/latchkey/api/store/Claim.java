package dev.latchkey.api.store;

/** What became of a request under an idempotency key. */
public sealed interface Claim {
    /** It is the first of its kind, or the first one has died: do it. */
    record Mine(HeldTicket ticket) implements Claim {}

    /** It was done: say what was said then. */
    record Done(Reply reply) implements Claim {}

    /** It is being done. */
    record Underway() implements Claim {}

    /** The key was used for another request. */
    record Another() implements Claim {}
}
