package dev.latchkey.audit.reconciling;

import dev.latchkey.audit.reconciling.Difference.Defaults;
import dev.latchkey.audit.reconciling.Difference.NotInTable;
import dev.latchkey.audit.reconciling.Difference.NotThere;
import dev.latchkey.audit.reconciling.Difference.Unlike;
import dev.latchkey.audit.reconciling.Difference.UnlikeDefault;
import dev.latchkey.audit.reconciling.Difference.Values;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** The table beside another keeper. */
record Comparison(Picture table, Keeper other, Picture there) {
    /** The traits that the keeper has beside those that all have. */
    private static final Map<Keeper, Set<Trait>> OWN = Map.of(
            Keeper.TOPIC, Set.of(Trait.REVISION, Trait.SEALED_KEY), Keeper.HISTORY, Set.of(Trait.KEY_FINGERPRINT));

    private static final Set<Trait> COMMON = Set.of(
            Trait.OWNER,
            Trait.PROVIDER,
            Trait.MODEL,
            Trait.BASE_URL,
            Trait.MASKED_KEY,
            Trait.ACTIVE,
            Trait.DEFAULT_REVISION);

    Stream<Difference> differences() {
        return Stream.concat(
                all(table.credentials(), there.credentials()).flatMap(this::ofCredential),
                all(table.defaults(), there.defaults()).flatMap(this::ofUser));
    }

    private Stream<Difference> ofCredential(UUID id) {
        var ours = table.credentials().get(id);
        var theirs = there.credentials().get(id);
        if (ours == null) {
            return Stream.of(new NotInTable(other, id));
        }
        return theirs == null ? Stream.of(new NotThere(other, id)) : unlike(id, ours, theirs);
    }

    private Stream<Difference> unlike(UUID id, Copy ours, Copy theirs) {
        return Stream.of(Trait.values())
                .filter(trait -> COMMON.contains(trait)
                        || OWN.getOrDefault(other, Set.of()).contains(trait))
                .filter(trait -> !ours.of(trait).equals(theirs.of(trait)))
                .map(trait -> new Unlike(other, id, trait, new Values(ours.of(trait), theirs.of(trait))));
    }

    private Stream<Difference> ofUser(UUID userId) {
        var ours = Optional.ofNullable(table.defaults().get(userId));
        var theirs = Optional.ofNullable(there.defaults().get(userId));
        return ours.equals(theirs)
                ? Stream.empty()
                : Stream.of(new UnlikeDefault(other, userId, new Defaults(ours, theirs)));
    }

    private static Stream<UUID> all(Map<UUID, ?> some, Map<UUID, ?> others) {
        var ids = new TreeSet<>(some.keySet());
        ids.addAll(others.keySet());
        return ids.stream();
    }
}
