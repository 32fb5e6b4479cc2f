package dev.latchkey.agent.credentials;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.sealing.Destination;
import dev.latchkey.sealing.KeyOwner;

/** What the key of a credential was sealed for. */
public final class Binding {
    private Binding() {}

    public static KeyOwner of(CredentialChanged credential) {
        return new KeyOwner(
                credential.getUserId(),
                credential.getCredentialId(),
                new Destination(credential.getProvider(), credential.getBaseUrl()));
    }
}
