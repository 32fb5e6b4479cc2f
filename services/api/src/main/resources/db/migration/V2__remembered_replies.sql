-- Replies to requests that came with an idempotency key, for whoever sends the same request again; without status while it is
-- being done. Keys and requests stand here as codes that are made with a secret outside of this database.
CREATE TABLE remembered_replies (
    user_id        uuid NOT NULL,
    path           varchar(100) NOT NULL,
    key_code       bytea NOT NULL,
    body_code      bytea NOT NULL,
    -- Whoever does the request now; no other may write its reply.
    claim          uuid NOT NULL UNIQUE,
    claimed_at     timestamptz NOT NULL,
    first_asked_at timestamptz NOT NULL,
    status         integer,
    media_type     varchar(100),
    location       varchar(200),
    body           text,
    PRIMARY KEY (user_id, path, key_code),
    CHECK ((status IS NULL) = (body IS NULL))
);

CREATE INDEX remembered_replies_first_asked_at ON remembered_replies (first_asked_at);
