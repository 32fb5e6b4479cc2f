package dev.latchkey.audit.output;

import dev.latchkey.audit.reconciling.Difference;
import dev.latchkey.audit.reconciling.Difference.NotInTable;
import dev.latchkey.audit.reconciling.Difference.NotThere;
import dev.latchkey.audit.reconciling.Difference.Unlike;
import dev.latchkey.audit.reconciling.Difference.UnlikeDefault;
import dev.latchkey.audit.reconciling.Difference.Values;
import dev.latchkey.audit.reconciling.Keeper;
import dev.latchkey.audit.reconciling.Trait;
import java.util.Optional;
import java.util.UUID;

/** Differences in plain words, each with the cause that is the likeliest. */
public final class Differences {
    private static final String NOT_PUBLISHED =
            "its event has not been published yet, so look at the api and its outbox";
    private static final String RESTORED = "the table was restored from a backup";
    private static final String BY_HAND = "the row was written past the api";

    private Differences() {}

    public static String words(Difference difference) {
        return switch (difference) {
            case NotThere(var other, var id) ->
                credential(id) + "is in the table and not " + in(other) + likely(whyNotThere(other));
            case NotInTable(var other, var id) ->
                credential(id) + "is " + in(other) + " and not in the table" + likely(whyNotInTable(other));
            case Unlike(var other, var id, var trait, var values) ->
                credential(id) + name(trait) + unlike(other, trait, values) + likely(whyUnlike(other, trait, values));
            case UnlikeDefault(var other, var userId, var defaults) ->
                "user " + userId + ": the default is " + id(defaults.inTable()) + " in the table and "
                        + id(defaults.there()) + " " + in(other) + likely(whyUnlikeDefault(other));
        };
    }

    private static String credential(UUID id) {
        return "credential " + id + ": ";
    }

    private static String likely(String cause) {
        return "; likely " + cause;
    }

    private static String in(Keeper other) {
        return switch (other) {
            case TABLE -> "in the table";
            case TOPIC -> "on the topic";
            case HISTORY -> "in the history";
        };
    }

    private static String name(Trait trait) {
        return switch (trait) {
            case OWNER -> "the owner";
            case PROVIDER -> "the provider";
            case MODEL -> "the model";
            case BASE_URL -> "the base URL";
            case MASKED_KEY -> "the masked key";
            case ACTIVE -> "whether it is active";
            case DEFAULT_REVISION -> "the revision at which it was made default";
            case REVISION -> "the revision";
            case SEALED_KEY -> "the sealed key";
            case KEY_FINGERPRINT -> "the fingerprint of the sealed key";
        };
    }

    /** Sealed keys are not printed, whoever may read the table. */
    private static String unlike(Keeper other, Trait trait, Values values) {
        return trait == Trait.SEALED_KEY
                ? " is not the same in the table and " + in(other)
                : " is " + value(values.inTable()) + " in the table and " + value(values.there()) + " " + in(other);
    }

    private static String value(String text) {
        return text.isEmpty() ? "none" : Words.word(text);
    }

    private static String id(Optional<UUID> id) {
        return id.map(UUID::toString).orElse("none");
    }

    private static String whyNotThere(Keeper other) {
        return other == Keeper.TOPIC ? NOT_PUBLISHED : BY_HAND + ", or the history was cut";
    }

    private static String whyNotInTable(Keeper other) {
        return other == Keeper.TOPIC
                ? RESTORED + ", or the event was published past the api"
                : RESTORED + ", or the row was removed by hand";
    }

    private static String whyUnlike(Keeper other, Trait trait, Values values) {
        if (trait == Trait.REVISION) {
            return isNewer(values) ? NOT_PUBLISHED : RESTORED + ", or an event was published past the api";
        }
        return other == Keeper.TOPIC
                ? BY_HAND + " or the event was published past it, unless the revisions differ too"
                : BY_HAND + ", or an entry is missing: audit replay tells";
    }

    private static boolean isNewer(Values revisions) {
        return Long.parseLong(revisions.inTable()) > Long.parseLong(revisions.there());
    }

    private static String whyUnlikeDefault(Keeper other) {
        return other == Keeper.TOPIC
                ? "the router is behind, so look at its health and lag, or " + BY_HAND
                : BY_HAND + ", or an entry is missing: audit replay tells";
    }
}
