package dev.latchkey.router.usage;

import dev.latchkey.events.UsageCounted;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;

/**
 * What all of a user's calls of one day took.
 *
 * @param cost empty when the cost of any of them is not known
 */
public record Spent(long tokens, Optional<BigDecimal> cost) {
    public static Spent of(Collection<UsageCounted> day) {
        return day.stream()
                .map(count -> new Spent(
                        count.getPromptTokens() + count.getCompletionTokens(), Optional.ofNullable(count.getCost())))
                .reduce(new Spent(0, Optional.of(BigDecimal.ZERO)), Spent::plus);
    }

    private Spent plus(Spent other) {
        return new Spent(tokens + other.tokens, cost.flatMap(mine -> other.cost.map(mine::add)));
    }
}
