package dev.latchkey.audit.history;

import dev.latchkey.events.CredentialAudited;
import dev.latchkey.schemas.history.AuditChain;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The chain of one user's entries: remembers the last one's number and hash, and says what is wrong with the next one. */
final class Chain {
    private final UUID userId;
    private long last;
    private @Nullable String head;

    Chain(UUID userId) {
        this.userId = userId;
    }

    List<Finding> append(Place place, CredentialAudited entry) {
        long expected = last + 1;
        long sequence = entry.getSequence();
        boolean links = sequence != expected || Objects.equals(entry.getPreviousHash(), head);
        if (sequence >= expected) {
            last = sequence;
            head = entry.getHash();
        }
        var order = misplaced(place, sequence, expected);
        var content = changed(place, entry).or(() -> links ? Optional.empty() : unlinked(place, sequence));
        return Stream.of(order, content).flatMap(Optional::stream).toList();
    }

    private Optional<Finding> misplaced(Place place, long sequence, long expected) {
        if (sequence == expected) {
            return Optional.empty();
        }
        if (sequence > expected) {
            return Optional.of(new Finding.Missing(place, userId, expected, sequence - 1));
        }
        return Optional.of(
                sequence > 0 && sequence == last
                        ? new Finding.Repeated(place, userId, sequence)
                        : new Finding.OutOfOrder(place, userId, sequence, expected));
    }

    private Optional<Finding> unlinked(Place place, long sequence) {
        return Optional.of(new Finding.Unlinked(place, userId, sequence));
    }

    private Optional<Finding> changed(Place place, CredentialAudited entry) {
        if (entry.getHash() == null) {
            return Optional.of(new Finding.Unchained(place, userId, entry.getSequence()));
        }
        return entry.getHash().equals(AuditChain.hash(entry))
                ? Optional.empty()
                : Optional.of(new Finding.Altered(place, userId, entry.getSequence()));
    }
}
