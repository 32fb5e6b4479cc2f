package dev.latchkey.audit.kafka;

import dev.latchkey.audit.reconciling.Copy;
import dev.latchkey.audit.reconciling.Picture;
import dev.latchkey.audit.reconciling.Source;
import dev.latchkey.audit.reconciling.Trait;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Credentials as their compacted topic has them, and defaults as the router published them. What is no event there is passed
 * over: every consumer passes over it, too.
 */
public final class PublishedCredentials implements Source {
    private final CommittedTopic<CredentialChanged> credentials;
    private final CommittedTopic<DefaultModel> defaults;

    public PublishedCredentials(Map<String, Object> client, WireFormat format) {
        this.credentials = new CommittedTopic<>(Topics.CREDENTIALS, client, format);
        this.defaults = new CommittedTopic<>(Topics.DEFAULT_MODELS, client, format);
    }

    @Override
    public Picture look() {
        return new Picture(credentials(), defaults());
    }

    private Map<UUID, Copy> credentials() {
        var newest = new HashMap<UUID, CredentialChanged>();
        credentials.read(row -> {
            if (row.value() instanceof Decoded.Event<CredentialChanged>(var change)) {
                newest.merge(change.getCredentialId(), change, PublishedCredentials::newer);
            }
        });
        var copies = new HashMap<UUID, Copy>();
        newest.forEach((id, change) -> copies.put(id, copy(change)));
        return copies;
    }

    private Map<UUID, UUID> defaults() {
        var published = new HashMap<String, DefaultModel>();
        defaults.read(row -> {
            if (row.isTombstone()) {
                published.remove(row.key());
            } else if (row.value() instanceof Decoded.Event<DefaultModel>(var model)) {
                published.put(row.key(), model);
            }
        });
        var ids = new HashMap<UUID, UUID>();
        published.values().forEach(model -> ids.put(model.getUserId(), model.getCredentialId()));
        return ids;
    }

    private static CredentialChanged newer(CredentialChanged one, CredentialChanged other) {
        return other.getRevision() > one.getRevision() ? other : one;
    }

    private static Copy copy(CredentialChanged change) {
        return new Copy.Builder()
                .with(Trait.OWNER, change.getUserId())
                .with(Trait.PROVIDER, change.getProvider())
                .with(Trait.MODEL, change.getModelName())
                .with(Trait.BASE_URL, change.getBaseUrl())
                .with(Trait.MASKED_KEY, change.getMaskedKey())
                .with(Trait.ACTIVE, change.getIsActive())
                .with(Trait.DEFAULT_REVISION, change.getDefaultRevision())
                .with(Trait.REVISION, change.getRevision())
                .with(Trait.SEALED_KEY, change.getSealedKey())
                .build();
    }
}
