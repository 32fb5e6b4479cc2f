package dev.latchkey.audit.reconciling;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the keepers' pictures against each other. What is on its way at one look is no difference: one counts that is about the
 * same as one at the look before. The two need not have the same values, for one of them may go on changing while the
 * other stands still.
 */
public final class Reconciliation {
    /**
     * What was found.
     *
     * @param credentials how many the table has, deleted ones too
     */
    public record Result(long credentials, List<Difference> differences) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    private final Map<Keeper, Source> sources;

    public Reconciliation(Map<Keeper, Source> sources) {
        this.sources = Map.copyOf(sources);
    }

    /**
     * Looks until all agree, but for what is different for the first time, or {@code again}, asked after every look that found
     * differences, says no.
     */
    public Result run(BooleanSupplier again) {
        var look = look();
        var standing = look.differences();
        while (!standing.isEmpty() && again.getAsBoolean()) {
            var before =
                    look.differences().stream().map(Difference::withoutValues).collect(Collectors.toSet());
            look = look();
            standing = look.differences().stream()
                    .filter(difference -> before.contains(difference.withoutValues()))
                    .toList();
        }
        return new Result(look.credentials(), standing);
    }

    private Result look() {
        var pictures = sources.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, source -> source.getValue().look()));
        var table = Objects.requireNonNull(pictures.get(Keeper.TABLE));
        var differences = Stream.of(Keeper.TOPIC, Keeper.HISTORY)
                .map(other -> new Comparison(table, other, Objects.requireNonNull(pictures.get(other))))
                .flatMap(Comparison::differences)
                .toList();
        return new Result(table.credentials().size(), differences);
    }
}
