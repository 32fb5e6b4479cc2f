-- What users have used of their quotas: when the whole quota of a kind would be back. One that is back is as good as no row.
CREATE TABLE used_quotas (
    user_id     uuid NOT NULL,
    kind        varchar(20) NOT NULL,
    restored_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, kind)
);
