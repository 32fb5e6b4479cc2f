package dev.latchkey.api.store;

/** What became of a submitted prompt. */
public sealed interface Submission {
    /** It will be answered; so it is again when the same user submits it again. */
    record Accepted() implements Submission {}

    /** The credential that it names is none of the user's. */
    record UnknownCredential() implements Submission {}
}
