package dev.latchkey.audit.reconciling;

import dev.latchkey.audit.history.Audience;
import dev.latchkey.audit.history.Finding;
import dev.latchkey.audit.history.HeldCredential;
import dev.latchkey.audit.history.History;
import dev.latchkey.audit.history.Holdings;
import dev.latchkey.audit.history.Replay;
import dev.latchkey.audit.history.Scope;
import dev.latchkey.audit.history.Tally;
import dev.latchkey.events.CredentialAudited;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What a history comes to. */
public final class FoldedHistory implements Source {
    private final History history;

    public FoldedHistory(History history) {
        this.history = history;
    }

    @Override
    public Picture look() {
        var fold = new Fold();
        Replay.run(history, Scope.everything(), fold);
        return new Picture(fold.credentials, fold.defaults);
    }

    /** Findings are for {@code audit replay} to tell; what they did to the state shows as differences. */
    private static final class Fold implements Audience {
        private final Map<UUID, Copy> credentials = new HashMap<>();
        private final Map<UUID, UUID> defaults = new HashMap<>();

        @Override
        public void holdings(Holdings holdings) {
            var userId = holdings.userId();
            holdings.credentials().forEach(held -> credentials.put(held.id(), copy(userId, held)));
            holdings.defaultCredential().ifPresent(id -> defaults.put(userId, id));
        }

        @Override
        public void change(CredentialAudited change) {}

        @Override
        public void finding(Finding finding) {}

        @Override
        public void end(Tally tally) {}

        private static Copy copy(UUID userId, HeldCredential held) {
            var state = held.state();
            return new Copy.Builder()
                    .with(Trait.OWNER, userId)
                    .with(Trait.PROVIDER, state.getProvider())
                    .with(Trait.MODEL, state.getModelName())
                    .with(Trait.BASE_URL, state.getBaseUrl())
                    .with(Trait.MASKED_KEY, state.getMaskedKey())
                    .with(Trait.ACTIVE, state.getIsActive())
                    .with(Trait.DEFAULT_REVISION, state.getDefaultRevision())
                    .with(Trait.KEY_FINGERPRINT, state.getKeyFingerprint())
                    .build();
        }
    }
}
