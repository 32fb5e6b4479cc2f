package dev.latchkey.agent.checking;

import dev.latchkey.providers.Verdict;

/** What came of looking at a stored key. */
public sealed interface Checkup {
    /**
     * Its provider was asked, or could not be.
     *
     * @param revision of the credential whose key it was
     */
    record Judged(Verdict verdict, long revision) implements Checkup {}

    /** The credential was deleted. */
    record Deleted() implements Checkup {}

    /** Nobody here knows the user's credential at that revision yet, or what was deleted lately. Asking again may help. */
    record NotYetKnown() implements Checkup {}
}
