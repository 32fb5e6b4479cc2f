package dev.latchkey.api.credentials;

import java.util.UUID;

/** A credential about to be stored: its key has been validated and sealed. */
public record Registration(UUID id, Model model, StoredKey key, boolean isDefault) {}
