package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.store.Ticket;
import dev.latchkey.events.CredentialChange;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants done.
 *
 * @param id of the credential that it names; null if it names none
 */
record Attempt(Act act, CredentialChange change, @Nullable UUID id, Ticket ticket) {}
