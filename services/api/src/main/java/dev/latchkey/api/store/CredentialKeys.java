package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.postgres.Batch;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.rewrap.SealedKeys.Replacement;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.sealing.Fingerprints;
import dev.latchkey.sealing.KeyOwner;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The API keys of active credentials: sealed anew they have another fingerprint, and the history tells of it. */
record CredentialKeys(Fingerprints fingerprints) implements KeysByVersion.Kind {
    private static final String ACTOR = "rotator";

    private static final String REPLACE = """
            UPDATE user_llm_credentials SET encrypted_api_key = ?, key_fingerprint = ?, revision = ?, updated_at = ?
            WHERE id = ?""";

    @Override
    public String kept() {
        return "SELECT id, user_id, encrypted_api_key AS ciphertext, encryption_key_id FROM user_llm_credentials"
                + " WHERE is_active";
    }

    @Override
    public String context(UUID userId, UUID id) {
        return KeyOwner.context(userId, id);
    }

    @Override
    public KeysByVersion.Writing prepare(String requestId, List<Replacement> replacements) {
        var prints =
                fingerprints.of(replacements.stream().map(Replacement::anew).toList());
        return (sql, batch, turns) -> {
            var current = current(sql, replacements);
            int replaced = 0;
            for (int i = 0; i < replacements.size(); i++) {
                var replacement = replacements.get(i);
                var credential = current.get(replacement.read().id());
                if (credential != null && isAsItWasRead(credential, replacement)) {
                    var turn = Objects.requireNonNull(turns.get(credential.userId()));
                    var after = credential.rewrapped(replacement.anew(), prints.get(i), turn.nextRevision());
                    write(batch, after);
                    turn.changed(
                            Deed.done(new Act(credential.userId(), ACTOR, requestId), CredentialChange.REWRAPPED),
                            after);
                    replaced++;
                }
            }
            return replaced;
        };
    }

    private static boolean isAsItWasRead(Credential credential, Replacement replacement) {
        return replacement.read().sealed().ciphertext().equals(credential.key().ciphertext());
    }

    /** As they are now that their owners can change nothing. */
    private static Map<UUID, Credential> current(Sql sql, List<Replacement> replacements) throws SQLException {
        var ids = replacements.stream()
                .map(replacement -> replacement.read().id())
                .toList();
        return sql
                .list("SELECT * FROM user_llm_credentials WHERE id = ANY(?::uuid[])", CredentialTable::read, (Object)
                        Sql.texts(ids))
                .stream()
                .collect(Collectors.toMap(Credential::id, Function.identity()));
    }

    private static void write(Batch batch, Credential after) throws SQLException {
        batch.run(
                REPLACE,
                after.key().ciphertext(),
                after.key().fingerprint(),
                after.standing().revision(),
                after.times().updatedAt(),
                after.id());
    }
}
