package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Budget;
import dev.latchkey.api.credentials.Revision;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.schemas.Topics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** What users allow themselves in a day. Every change leaves its event in the outbox. */
public final class BudgetStore {
    private static final String SET = """
            INSERT INTO user_budgets AS before (user_id, revision, tokens_per_day, cost_per_day, changed_at)
            VALUES (?, 1, ?, ?, ?)
            ON CONFLICT (user_id) DO UPDATE SET revision = before.revision + 1,
                tokens_per_day = excluded.tokens_per_day, cost_per_day = excluded.cost_per_day,
                changed_at = excluded.changed_at
            RETURNING revision""";

    private final Database database;
    private final Turns turns;
    private final Lane<BudgetChanged> budgets = new Lane<>(Topics.BUDGETS);

    public BudgetStore(Database database, Clerk clerk) {
        this.database = database;
        this.turns = new Turns(clerk);
    }

    /** Without limits for a user who never set any. */
    public Budget find(UUID userId) {
        return database.inTransaction(sql -> sql.first(
                        "SELECT tokens_per_day, cost_per_day FROM user_budgets WHERE user_id = ?",
                        BudgetStore::read,
                        userId))
                .orElse(Budget.UNLIMITED);
    }

    public Budget set(UUID userId, Budget budget) {
        return database.inTransaction(sql -> {
            Turn.take(sql, userId, turns);
            var now = turns.clerk().now();
            var revision = new Revision(keep(sql, userId, budget, now), now);
            budgets.send(sql, userId, budget.changed(userId, turns.clerk().nextId(), revision));
            return budget;
        });
    }

    private static long keep(Sql sql, UUID userId, Budget budget, Instant now) throws SQLException {
        return sql.first(SET, row -> row.getLong(1), userId, budget.tokensPerDay(), budget.costPerDay(), now)
                .orElseThrow();
    }

    private static Budget read(ResultSet row) throws SQLException {
        return new Budget(row.getObject("tokens_per_day", Long.class), row.getBigDecimal("cost_per_day"));
    }
}
