package dev.latchkey.api.rewrap;

import dev.latchkey.api.credentials.Credential;
import dev.latchkey.sealing.Rewrapped;
import java.util.List;
import java.util.UUID;

/** The active credentials that are stored, by the version of the master key that their keys are sealed under. */
public interface SealedCredentials {
    /** The key of a credential as it was read, sealed anew. */
    record Replacement(Credential read, Rewrapped.Anew anew) {}

    /**
     * What became of replacements.
     *
     * @param credentials that have their new sealed key; the others were changed or deleted meanwhile, and are left alone
     * @param event the last one that tells of it
     */
    record Replaced(int credentials, long event) {}

    long countBelow(int version);

    /** Credentials below a version whose ids come after one, in the order of their ids. */
    List<Credential> below(int version, UUID after, int limit);

    /** Stores all that fit, with their events, or nothing at all. */
    Replaced replace(String requestId, List<Replacement> replacements);

    /** From now on no key is stored that was newly sealed below this version. One whose storing is under way is waited for. */
    void acceptNoneBelow(int version);
}
