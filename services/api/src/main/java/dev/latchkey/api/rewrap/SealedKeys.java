package dev.latchkey.api.rewrap;

import dev.latchkey.sealing.MasterKey;
import java.util.List;
import java.util.UUID;

/** The keys that are stored sealed under one master key, by the version of it that sealed them. */
public interface SealedKeys {
    /**
     * A key as it was read.
     *
     * @param id of the credential whose key it is, or of the user whose data key it is
     */
    record Stored(UUID id, UUID userId, MasterKey.Sealed sealed) {}

    /** A key as it was read, and its ciphertext when it was sealed anew. */
    record Replacement(Stored read, String anew) {}

    /**
     * What became of replacements.
     *
     * @param keys that are stored as they were sealed anew; the others were changed or deleted meanwhile, and are left alone
     * @param event the last one that tells of it
     */
    record Replaced(int keys, long event) {}

    long countBelow(int version);

    /** Keys that are sealed under a master key of another name. Nobody here can seal them anew. */
    long countElsewhere();

    /** Keys below a version whose ids come after one, in the order of their ids. */
    List<Stored> below(int version, UUID after, int limit);

    /** Stores all that fit, with their events, or nothing at all. */
    Replaced replace(String requestId, List<Replacement> replacements);

    /** From now on no key is stored that was newly sealed below this version. One whose storing is under way is waited for. */
    void acceptNoneBelow(int version);
}
