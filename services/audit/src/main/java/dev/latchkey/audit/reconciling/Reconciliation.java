package dev.latchkey.audit.reconciling;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the keepers' pictures against each other. What was committed between two looks is no difference: one counts that
 * is still the same at every later look.
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

    /** Looks until all agree or {@code again}, asked after every look that found differences, says no. */
    public Result run(BooleanSupplier again) {
        var look = look();
        var standing = new LinkedHashSet<>(look.differences());
        while (!standing.isEmpty() && again.getAsBoolean()) {
            look = look();
            standing.retainAll(Set.copyOf(look.differences()));
        }
        return new Result(look.credentials(), List.copyOf(standing));
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
