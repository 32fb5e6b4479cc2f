package dev.latchkey.audit;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.schemas.history.AuditChain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Chains what a test wrote down without hashes, each user's entries in the order in which they come. */
public final class Chaining {
    private final Map<UUID, String> heads = new HashMap<>();

    /** A history, filed where it was. */
    public static List<Entry> of(List<Entry> entries) {
        var chaining = new Chaining();
        return entries.stream().map(chaining::next).toList();
    }

    public CredentialAudited next(CredentialAudited entry) {
        var chained = AuditChain.append(entry, heads.get(entry.getUserId()));
        heads.put(entry.getUserId(), chained.getHash());
        return chained;
    }

    /** The entry as it was written down. */
    public static CredentialAudited undone(CredentialAudited chained) {
        return CredentialAudited.newBuilder(chained)
                .setPreviousHash(null)
                .setHash(null)
                .build();
    }

    private Entry next(Entry entry) {
        return switch (entry) {
            case Entry.Change(var place, var key, var event) -> new Entry.Change(place, key, next(event));
            case Entry.Unreadable unreadable -> unreadable;
        };
    }
}
