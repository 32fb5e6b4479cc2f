package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Finding;
import dev.latchkey.audit.history.Place;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialState;
import java.util.UUID;
import java.util.regex.Pattern;

/** Events and findings in plain words. */
final class Words {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{Graph}]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+", Pattern.UNICODE_CHARACTER_CLASS);

    private Words() {}

    /** One word of foreign text: without spaces and control characters nobody can forge a line or a column. */
    static String word(String foreign) {
        return foreign.isEmpty() ? "-" : UNPRINTABLE.matcher(foreign).replaceAll("_");
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String of(CredentialChange change) {
        return switch (change) {
            case REGISTERED -> "registered";
            case MADE_DEFAULT -> "made default";
            case ROTATED -> "rotated";
            case VALIDATED -> "validated";
            case DELETED -> "deleted";
            case FORGOTTEN -> "forgotten";
            case READ -> "read";
            case REWRAPPED -> "rewrapped";
            case UNKNOWN -> "changed in a way that this version does not know";
        };
    }

    static String of(AuditResult result) {
        return switch (result) {
            case SUCCEEDED -> "succeeded";
            case REFUSED -> "refused";
            case FAILED -> "failed";
            case UNKNOWN -> "ended in a way that this version does not know";
        };
    }

    static String of(CredentialState state) {
        return word(state.getProvider()) + " " + word(state.getModelName()) + "  " + word(state.getMaskedKey());
    }

    static String of(Finding finding) {
        return switch (finding) {
            case Finding.Missing missing -> owned(missing.userId(), missing(missing.first(), missing.last()));
            case Finding.Repeated repeated ->
                owned(repeated.userId(), "change " + repeated.sequence() + " is there again");
            case Finding.OutOfOrder late ->
                owned(late.userId(), "change " + late.sequence() + " stands where " + late.expected() + " belongs");
            case Finding.Unchained bare ->
                owned(
                        bare.userId(),
                        "change " + bare.sequence() + " has no hash, so it may be another than was written");
            case Finding.Altered altered ->
                owned(altered.userId(), "change " + altered.sequence() + " is not as it was written");
            case Finding.Unlinked unlinked ->
                owned(
                        unlinked.userId(),
                        "change " + unlinked.sequence() + " does not follow the change that stands before it");
            case Finding.Misfiled misfiled ->
                owned(misfiled.userId(), "a change is filed under " + key(misfiled.key()));
            case Finding.Unreadable unreadable -> "a record is unreadable: " + printable(unreadable.reason());
        };
    }

    static String of(Place place) {
        return "at partition " + place.partition() + " offset " + place.offset();
    }

    private static String owned(UUID userId, String what) {
        return "user " + userId + ": " + what;
    }

    private static String key(String key) {
        return key.isEmpty() ? "no key" : "the key " + word(key);
    }

    private static String printable(String foreign) {
        return CONTROL.matcher(foreign).replaceAll("_");
    }

    private static String missing(long first, long last) {
        return first == last
                ? "change " + first + " is missing"
                : "the changes from " + first + " to " + last + " are missing";
    }
}
