package dev.latchkey.router.runs;

import dev.latchkey.events.KeyPurpose;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.KeyUsed;
import java.util.Optional;

/** What the use of a key must keep beyond its schema, and which uses belong to runs. */
public final class UseRules {
    private UseRules() {}

    /** The rule that a use breaks, if any. */
    public static Optional<String> brokenBy(String key, KeyUsed use) {
        return key.equals(use.getUserId().toString()) ? Optional.empty() : Optional.of("the record key is the userId");
    }

    /** Whether a model was about to be asked. */
    public static boolean beganCall(KeyUsed use) {
        return use.getPurpose() == KeyPurpose.ANSWER
                && use.getResult() == KeyUseResult.OPENED
                && use.getPromptId() != null;
    }
}
