-- One row per user: the lock that orders a user's changes, and the numbers that are given out under it.
CREATE TABLE users (
    id             uuid PRIMARY KEY,
    revision       bigint NOT NULL DEFAULT 0,
    audit_sequence bigint NOT NULL DEFAULT 0
);

CREATE TABLE user_llm_credentials (
    id                uuid PRIMARY KEY,
    user_id           uuid NOT NULL REFERENCES users (id),
    provider          varchar(20) NOT NULL,
    model_name        varchar(100) NOT NULL,
    base_url          varchar(500),
    -- Vault's ciphertext; wiped when the credential is deleted.
    encrypted_api_key text,
    encryption_key_id varchar(50) NOT NULL DEFAULT 'default',
    key_fingerprint   text,
    masked_key        varchar(20) NOT NULL,
    revision          bigint NOT NULL,
    default_revision  bigint NOT NULL DEFAULT 0,
    is_default        boolean NOT NULL DEFAULT false,
    is_active         boolean NOT NULL DEFAULT true,
    last_validated_at timestamptz,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CHECK (is_active = (encrypted_api_key IS NOT NULL)),
    CHECK (is_active OR NOT is_default)
);

CREATE INDEX user_llm_credentials_user_id ON user_llm_credentials (user_id);
CREATE INDEX user_llm_credentials_provider ON user_llm_credentials (provider);
CREATE INDEX user_llm_credentials_is_default ON user_llm_credentials (is_default);
CREATE INDEX user_llm_credentials_is_active ON user_llm_credentials (is_active);
CREATE UNIQUE INDEX user_llm_credentials_one_active_default
    ON user_llm_credentials (user_id) WHERE is_default AND is_active;
CREATE UNIQUE INDEX user_llm_credentials_one_active_per_model
    ON user_llm_credentials (user_id, provider, model_name) WHERE is_active;

-- Which prompts were submitted over HTTP, so that submitting one twice publishes it once.
CREATE TABLE submitted_prompts (
    prompt_id    uuid PRIMARY KEY,
    user_id      uuid NOT NULL REFERENCES users (id),
    submitted_at timestamptz NOT NULL
);

-- Events on their way to Kafka. A row has no batch until the relay claims it. What one transaction left is claimed together.
CREATE TABLE outbox (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    topic       varchar(100) NOT NULL,
    record_key  varchar(200) NOT NULL,
    payload     bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    batch       bigint
);

CREATE INDEX outbox_unclaimed ON outbox (id) WHERE batch IS NULL;
CREATE INDEX outbox_unclaimed_by_transaction ON outbox (transaction) WHERE batch IS NULL;
CREATE INDEX outbox_claimed ON outbox (batch, id) WHERE batch IS NOT NULL;

-- Events that Kafka can never take, kept for people to look at.
CREATE TABLE outbox_rejected (
    id          bigint PRIMARY KEY,
    topic       varchar(100) NOT NULL,
    record_key  varchar(200) NOT NULL,
    payload     bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    reason      text NOT NULL,
    rejected_at timestamptz NOT NULL DEFAULT now()
);
