package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Catalogue;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.api.store.CredentialStore;

/** What everybody works with who deals with credentials. */
public record Office(Door door, Catalogue catalogue, KeyDesk desk, CredentialStore store, Clerk clerk) {}
