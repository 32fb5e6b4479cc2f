package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Budget;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.credentials.Revision;
import dev.latchkey.api.credentials.UserDataKey;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.Topics;
import java.sql.SQLException;
import java.util.UUID;

/** Forgets users: nothing of what they sealed can be opened any more, and none of their credentials can be used. */
public final class Forgetting {
    /**
     * What was done.
     *
     * @param isNew false when the user had been forgotten before; then it was only told again
     * @param hadDataKey whether a data key was destroyed now
     * @param credentials how many were deleted now
     */
    public record Done(boolean isNew, boolean hadDataKey, int credentials) {}

    private final Database database;
    private final Turns turns;
    private final Lane<DataKeyChanged> dataKeys = new Lane<>(Topics.DATA_KEYS);
    private final Lane<BudgetChanged> budgets = new Lane<>(Topics.BUDGETS);

    public Forgetting(Database database, Clerk clerk) {
        this.database = database;
        this.turns = new Turns(clerk);
    }

    /** All of it or nothing. Done again, it only tells everybody again. */
    public Done forget(Act act) {
        return database.inTransaction(sql -> {
            int deleted = deleteCredentials(sql, act);
            boolean hadDataKey = destroyDataKey(sql, act.userId());
            dropBudget(sql, act.userId());
            boolean isNew = mark(sql, act);
            var event = UserDataKey.forgotten(
                    act.userId(), turns.clerk().nextId(), turns.clerk().now());
            dataKeys.send(sql, act.userId(), event);
            return new Done(isNew, hadDataKey, deleted);
        });
    }

    /** Each is a change of its own, and so a revision and a history entry of its own. */
    private int deleteCredentials(Sql sql, Act act) throws SQLException {
        var table = new CredentialTable(sql);
        Turn.takeAnyway(sql, act.userId(), turns);
        var active = table.active(act.userId());
        for (var credential : active) {
            var turn = Turn.takeAnyway(sql, act.userId(), turns);
            var deleted = credential.deleted(turn.nextRevision());
            table.wipe(deleted);
            turn.changed(Deed.done(act, CredentialChange.DELETED), deleted);
        }
        return active.size();
    }

    /** With everything else that could hold something of the user's. */
    private static boolean destroyDataKey(Sql sql, UUID userId) throws SQLException {
        sql.update(
                "DELETE FROM outbox_rejected WHERE record_key = ? AND topic IN (?, ?, ?)",
                userId.toString(),
                Topics.PROMPTS.name(),
                Topics.BUDGETS.name(),
                Topics.DATA_KEYS.name());
        sql.update("DELETE FROM remembered_replies WHERE user_id = ?", userId);
        return sql.update(
                        "UPDATE user_data_keys SET wrapped_key = NULL WHERE user_id = ? AND wrapped_key IS NOT NULL",
                        userId)
                > 0;
    }

    private void dropBudget(Sql sql, UUID userId) throws SQLException {
        var last = sql.first(
                "DELETE FROM user_budgets WHERE user_id = ? RETURNING revision", row -> row.getLong(1), userId);
        if (last.isPresent()) {
            var revision = new Revision(last.get() + 1, turns.clerk().now());
            budgets.send(
                    sql, userId, Budget.UNLIMITED.changed(userId, turns.clerk().nextId(), revision));
        }
    }

    private boolean mark(Sql sql, Act act) throws SQLException {
        int marked = sql.update(
                "UPDATE users SET forgotten_at = ? WHERE id = ? AND forgotten_at IS NULL",
                turns.clerk().now(),
                act.userId());
        if (marked > 0) {
            Turn.takeAnyway(sql, act.userId(), turns).tried(Deed.done(act, CredentialChange.FORGOTTEN), null, null);
        }
        return marked > 0;
    }
}
