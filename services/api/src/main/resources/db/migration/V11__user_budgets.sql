-- What a user's runs may come to in a day; null is no limit. A row without limits is one whose limits were taken away: its revision goes on.
CREATE TABLE user_budgets (
    user_id        uuid PRIMARY KEY REFERENCES users (id),
    revision       bigint NOT NULL,
    tokens_per_day bigint CHECK (tokens_per_day >= 0),
    cost_per_day   numeric(38, 18) CHECK (cost_per_day >= 0),
    changed_at     timestamptz NOT NULL
);
