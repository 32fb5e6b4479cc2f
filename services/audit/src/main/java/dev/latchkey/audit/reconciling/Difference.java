package dev.latchkey.audit.reconciling;

import java.util.Optional;
import java.util.UUID;

/** Something in which the table and another keeper do not agree. */
public sealed interface Difference {
    /** The keeper that does not agree with the table. */
    Keeper other();

    /** The same, whatever the two have. */
    default Difference withoutValues() {
        return switch (this) {
            case NotThere notThere -> notThere;
            case NotInTable notInTable -> notInTable;
            case Unlike(var keeper, var id, var trait, var _) -> new Unlike(keeper, id, trait, new Values("", ""));
            case UnlikeDefault(var keeper, var id, var _) ->
                new UnlikeDefault(keeper, id, new Defaults(Optional.empty(), Optional.empty()));
        };
    }

    /** The credential is in the table and not at the other keeper. */
    record NotThere(Keeper other, UUID credentialId) implements Difference {}

    /** The credential is at the other keeper and not in the table. */
    record NotInTable(Keeper other, UUID credentialId) implements Difference {}

    /** Both have the credential, and a trait of it is not the same; empty is none. */
    record Unlike(Keeper other, UUID credentialId, Trait trait, Values values) implements Difference {}

    /** Both know the user, who has not the same default; empty is none. */
    record UnlikeDefault(Keeper other, UUID userId, Defaults defaults) implements Difference {}

    /** What the two have. */
    record Values(String inTable, String there) {}

    /** What the two call the default. */
    record Defaults(Optional<UUID> inTable, Optional<UUID> there) {}
}
