package dev.latchkey.agent.caching;

import dev.latchkey.agent.credentials.Binding;
import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.caching.OpenedSecrets;

/** Remembers opened keys; forgets one when its credential is deleted or gets another ciphertext. */
public final class CachingUnsealer implements Unsealer, CredentialListener {
    private final Unsealer unsealer;
    private final OpenedSecrets<KeyOwner, ApiKey> opened;

    /** Should come to know of changes after whatever decides which ciphertext to open. */
    public CachingUnsealer(Unsealer unsealer, CacheLimits limits) {
        this.unsealer = unsealer;
        this.opened = new OpenedSecrets<>(limits);
    }

    @Override
    public Unsealed unseal(String ciphertext, KeyOwner owner) {
        return opened.find(owner, ciphertext)
                .<Unsealed>map(Unsealed.Opened::new)
                .orElseGet(() -> open(ciphertext, owner));
    }

    @Override
    public void changed(CredentialChanged change) {
        opened.forget(Binding.of(change), ciphertext -> ciphertext.equals(change.getSealedKey()));
    }

    /** How many keys it holds. */
    public long size() {
        return opened.size();
    }

    /** Its own copy of what it holds, for tests. */
    ApiKey remembered(KeyOwner owner) {
        return opened.held(owner);
    }

    private Unsealed open(String ciphertext, KeyOwner owner) {
        long mark = opened.mark(owner);
        var unsealed = unsealer.unseal(ciphertext, owner);
        if (unsealed instanceof Unsealed.Opened(var key)) {
            opened.remember(owner, ciphertext, key, mark);
        }
        return unsealed;
    }
}
