package dev.latchkey.api;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.api.credentials.Prompt;
import dev.latchkey.api.credentials.Registration;
import dev.latchkey.api.credentials.Revision;
import dev.latchkey.api.credentials.StoredKey;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.Role;
import dev.latchkey.providers.Provider;
import dev.latchkey.runtime.UuidSource;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Things that several tests talk about. */
public final class Samples {
    public static final Instant MORNING = Instant.parse("2026-01-02T03:04:05.678901Z");
    public static final Clerk CLERK =
            new Clerk(new UuidSource(InstantSource.system(), new SecureRandom()), InstantSource.system());
    public static final StoredKey KEY =
            new StoredKey("vault:v1:c2VhbGVk", "latchkey", "sk-...wxyz", "vault:v1:aG1hYw==");

    private Samples() {}

    public static Act act() {
        return new Act(UUID.randomUUID(), "request-1");
    }

    public static Model model(String name) {
        return new Model(Provider.OPENAI, name, null);
    }

    public static Registration registration(String modelName) {
        return new Registration(CLERK.nextId(), model(modelName), KEY, false);
    }

    public static Credential credential(long revision) {
        return Credential.registered(UUID.randomUUID(), registration("gpt-4o-mini"), new Revision(revision, MORNING));
    }

    public static Prompt prompt(ModelChoice choice) {
        return new Prompt(CLERK.nextId(), "analyst", List.of(new Message(Role.USER, "What now?")), choice, null);
    }

    public static ModelChoice userDefault() {
        return new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of());
    }
}
