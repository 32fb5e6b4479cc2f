package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.api.credentials.RefusedKey;
import dev.latchkey.api.credentials.Registration;
import dev.latchkey.api.credentials.StoredKey;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Credentials in PostgreSQL. Every change leaves its events in the outbox, in the same transaction. */
public final class CredentialStore {
    private final Database database;
    private final Turns turns;

    public CredentialStore(Database database, Clerk clerk) {
        this.database = database;
        this.turns = new Turns(clerk);
    }

    /** The user's active credentials, newest first. That they were read is history like any change. */
    public List<Credential> read(Act act) {
        return database.inTransaction(sql -> {
            Turn.take(sql, act.userId(), turns).tried(Deed.done(act, CredentialChange.READ), null, null);
            return new CredentialTable(sql).active(act.userId());
        });
    }

    public Optional<Credential> findActive(UUID userId, UUID id) {
        return database.inTransaction(sql -> new CredentialTable(sql).find(userId, id))
                .filter(credential -> credential.standing().isActive());
    }

    /** Whether registering would end as a duplicate, for those who want to know before they ask a provider. */
    public boolean isTaken(UUID userId, Model model, UUID exceptId) {
        return database.inTransaction(sql -> new CredentialTable(sql).isTaken(userId, model, exceptId));
    }

    public Written register(Act act, Registration registration, Epilogue<Credential> epilogue) {
        return database.inTransaction(sql -> {
            var turn = Turn.take(sql, act.userId(), turns);
            var table = new CredentialTable(sql);
            var credential = Credential.registered(act.userId(), registration, turn.nextRevision());
            if (table.isTaken(act.userId(), registration.model(), registration.id())) {
                return new Written.Duplicate();
            }
            if (isOutdated(sql, registration.key())) {
                return new Written.Outdated();
            }
            table.insert(credential);
            turn.changed(Deed.done(act, CredentialChange.REGISTERED), credential);
            epilogue.write(sql, credential);
            return new Written.Stored(credential);
        });
    }

    public Written makeDefault(Act act, UUID id) {
        return change(Deed.done(act, CredentialChange.MADE_DEFAULT), id, Credential::madeDefault, Epilogue.none());
    }

    public Written delete(Act act, UUID id) {
        return change(Deed.done(act, CredentialChange.DELETED), id, Credential::deleted, Epilogue.none());
    }

    public Written rotate(Act act, UUID id, Credential.Change rotation) {
        return change(Deed.done(act, CredentialChange.ROTATED), id, rotation, Epilogue.none());
    }

    /** The provider accepts the key that it had at that revision. Noted of that key alone: its owner may have set another. */
    public Written validated(Act act, CredentialVersion checked, Epilogue<Credential> epilogue) {
        return change(
                Deed.done(act, CredentialChange.VALIDATED),
                checked.getCredentialId(),
                (before, revision) -> before.hasKeyOf(checked.getRevision()) ? before.validated(revision) : before,
                epilogue);
    }

    /** The provider refuses the key that it had at that revision: noted of that key alone, and in the history in any case. */
    public Written refused(Act act, CredentialVersion checked, Epilogue<Credential> epilogue) {
        return change(
                new Deed(act, CredentialChange.VALIDATED, AuditResult.REFUSED),
                checked.getCredentialId(),
                (before, revision) -> before.hasKeyOf(checked.getRevision()) && !before.isRefused()
                        ? before.refused(revision)
                        : before,
                epilogue);
    }

    /** A provider refused the key in a call. Told again, or of a key that is not the user's any more, it changes nothing. */
    public void mark(RefusedKey refused) {
        database.inTransaction(sql -> {
            if (findNews(sql, refused).isPresent()) {
                mark(sql, refused, Turn.takeAnyway(sql, refused.userId(), turns));
            }
            return refused;
        });
    }

    /** Something was tried and all credentials stay as they are; {@code id} is null when it named none of them. */
    public void recordTrial(Deed deed, @Nullable UUID id, Epilogue<Deed> epilogue) {
        database.inTransaction(sql -> {
            var turn = Turn.take(sql, deed.act().userId(), turns);
            var credential = id == null
                    ? null
                    : new CredentialTable(sql).find(deed.act().userId(), id).orElse(null);
            turn.tried(deed, id, credential);
            epilogue.write(sql, deed);
            return true;
        });
    }

    /** Until its turn came, its owner may have changed it. */
    private static void mark(Sql sql, RefusedKey refused, Turn turn) throws SQLException {
        var before = findNews(sql, refused);
        if (before.isPresent()) {
            var after = before.get().refused(turn.nextRevision());
            new CredentialTable(sql).update(after);
            turn.changed(new Deed(refused.act(), CredentialChange.VALIDATED, AuditResult.REFUSED), after);
        }
    }

    private static Optional<Credential> findNews(Sql sql, RefusedKey refused) throws SQLException {
        return new CredentialTable(sql)
                .find(refused.userId(), refused.credentialId())
                .filter(credential -> credential.standing().isActive() && refused.isNewsOf(credential));
    }

    private static boolean isOutdated(Sql sql, StoredKey key) throws SQLException {
        var ciphertext = key.ciphertext();
        return ciphertext != null && new SealingFloor(sql).isAbove(key.encryptionKeyId(), ciphertext);
    }

    private static void write(CredentialTable table, Credential after) throws SQLException {
        if (after.standing().isActive()) {
            table.update(after);
        } else {
            table.wipe(after);
        }
    }

    private Written change(Deed deed, UUID id, Credential.Change change, Epilogue<Credential> epilogue) {
        return database.inTransaction(sql -> {
            var userId = deed.act().userId();
            var turn = Turn.take(sql, userId, turns);
            var table = new CredentialTable(sql);
            var before = table.find(userId, id);
            if (before.isEmpty() || !before.get().standing().isActive()) {
                return new Written.Unknown();
            }
            var after = change.apply(before.get(), turn.nextRevision());
            if (table.isTaken(userId, after.model(), id)) {
                return new Written.Duplicate();
            }
            if (!after.key().equals(before.get().key()) && isOutdated(sql, after.key())) {
                return new Written.Outdated();
            }
            if (after.equals(before.get())) {
                turn.tried(deed, id, after);
            } else {
                write(table, after);
                turn.changed(deed, after);
            }
            epilogue.write(sql, after);
            return new Written.Stored(after);
        });
    }
}
