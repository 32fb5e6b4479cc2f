package dev.latchkey.router.usage;

import dev.latchkey.events.BudgetChanged;
import java.util.Optional;

/** What a change of a budget must keep beyond its schema. */
public final class BudgetRule {
    private BudgetRule() {}

    /** The rule that a change breaks, if any. */
    public static Optional<String> brokenBy(String key, BudgetChanged change) {
        if (!key.equals(change.getUserId().toString())) {
            return Optional.of("the record key is the userId");
        }
        if (change.getRevision() < 1) {
            return Optional.of("revision is at least 1");
        }
        var tokens = change.getTokensPerDay();
        var cost = change.getCostPerDay();
        return (tokens != null && tokens < 0) || (cost != null && cost.signum() < 0)
                ? Optional.of("a budget is not negative")
                : Optional.empty();
    }
}
