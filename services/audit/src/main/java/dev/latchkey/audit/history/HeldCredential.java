package dev.latchkey.audit.history;

import dev.latchkey.events.CredentialState;
import java.util.UUID;

/** A credential as the entry numbered {@code sequence} of its owner's history left it. */
public record HeldCredential(UUID id, long sequence, CredentialState state) {}
