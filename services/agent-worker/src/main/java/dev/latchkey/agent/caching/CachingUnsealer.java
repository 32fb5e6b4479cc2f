package dev.latchkey.agent.caching;

import dev.latchkey.agent.credentials.Binding;
import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.caching.OpenedSecrets;

/** Remembers opened keys; forgets one when its credential is deleted or has its key sealed anew. */
public final class CachingUnsealer implements Unsealer, CredentialListener {
    private final Unsealer unsealer;
    private final OpenedSecrets<KeyOwner, SealedKey, ApiKey> opened;

    /** Should come to know of changes after whatever decides which sealed key to open. */
    public CachingUnsealer(Unsealer unsealer, CacheLimits limits) {
        this.unsealer = unsealer;
        this.opened = new OpenedSecrets<>(limits);
    }

    @Override
    public Unsealed unseal(SealedKey sealed, KeyOwner owner) {
        return opened.find(owner, sealed).<Unsealed>map(Unsealed.Opened::new).orElseGet(() -> open(sealed, owner));
    }

    @Override
    public void changed(CredentialChanged change) {
        var current = Binding.sealedKey(change);
        opened.forget(
                Binding.of(change),
                remembered -> current.filter(remembered::equals).isPresent());
    }

    /** How many keys it holds. */
    public long size() {
        return opened.size();
    }

    /** Its own copy of what it holds, for tests. */
    ApiKey remembered(KeyOwner owner) {
        return opened.held(owner);
    }

    private Unsealed open(SealedKey sealed, KeyOwner owner) {
        long mark = opened.mark(owner);
        var unsealed = unsealer.unseal(sealed, owner);
        if (unsealed instanceof Unsealed.Opened(var key)) {
            opened.remember(owner, sealed, key, mark);
        }
        return unsealed;
    }
}
