package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import java.util.Optional;

/** What the result of an attempt must keep beyond its schema. */
public final class ResultRules {
    private ResultRules() {}

    /** The rule that a result breaks, if any. */
    public static Optional<String> brokenBy(String key, AgentResult result) {
        if (!key.equals(result.getPromptId().toString())) {
            return Optional.of("the record key is the promptId");
        }
        return result.getAttempt() < 1 ? Optional.of("attempt is at least 1") : Optional.empty();
    }
}
