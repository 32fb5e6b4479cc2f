package dev.latchkey.sealing.caching;

import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import java.util.UUID;

/** Remembers opened data keys, one a user. */
public final class CachingDataKeyOpener implements DataKeyOpener {
    private final DataKeyOpener opener;
    private final OpenedSecrets<UUID, WrappedKey, DataKey> opened;

    public CachingDataKeyOpener(DataKeyOpener opener, CacheLimits limits) {
        this.opener = opener;
        this.opened = new OpenedSecrets<>(limits);
    }

    @Override
    public Unwrapped unwrap(WrappedKey wrapped, UUID userId) {
        return opened.find(userId, wrapped)
                .<Unwrapped>map(Unwrapped.Opened::new)
                .orElseGet(() -> open(wrapped, userId));
    }

    /** The user has no such data key any more. Should be called after whatever says which wrapped key to open knows it. */
    public void forget(UUID userId) {
        opened.forget(userId, _ -> false);
    }

    /** How many keys it holds. */
    public long size() {
        return opened.size();
    }

    private Unwrapped open(WrappedKey wrapped, UUID userId) {
        long mark = opened.mark(userId);
        var unwrapped = opener.unwrap(wrapped, userId);
        if (unwrapped instanceof Unwrapped.Opened(var key)) {
            opened.remember(userId, wrapped, key, mark);
        }
        return unwrapped;
    }
}
