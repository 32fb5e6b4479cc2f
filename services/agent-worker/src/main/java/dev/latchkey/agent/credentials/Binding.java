package dev.latchkey.agent.credentials;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.sealing.Destination;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import java.util.Objects;
import java.util.Optional;

/** The key of a credential, and what it was sealed for. */
public final class Binding {
    private Binding() {}

    public static KeyOwner of(CredentialChanged credential) {
        return new KeyOwner(
                credential.getUserId(),
                credential.getCredentialId(),
                new Destination(credential.getProvider(), credential.getBaseUrl()));
    }

    /** Its key with the name of the master key that sealed it; empty once it is deleted. */
    public static Optional<SealedKey> sealedKey(CredentialChanged credential) {
        return credential.getIsActive()
                ? Optional.of(new SealedKey(
                        Objects.requireNonNull(credential.getSealedKey()), credential.getEncryptionKeyId()))
                : Optional.empty();
    }
}
