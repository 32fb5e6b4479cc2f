package dev.latchkey.audit.history;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The credentials of one user, deleted ones too, in the order in which the history first names them. */
public record Holdings(UUID userId, List<HeldCredential> credentials) {
    public Holdings {
        credentials = List.copyOf(credentials);
    }

    /** The credential that was made default last, if it is active; when it is not, there is no default. */
    public Optional<UUID> defaultCredential() {
        return credentials.stream()
                .filter(credential -> credential.state().getDefaultRevision() > 0)
                .max(Comparator.comparingLong(credential -> credential.state().getDefaultRevision()))
                .filter(credential -> credential.state().getIsActive())
                .map(HeldCredential::id);
    }
}
