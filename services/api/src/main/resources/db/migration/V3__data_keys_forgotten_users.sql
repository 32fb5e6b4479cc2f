-- When the user was forgotten: the id is used up, and nothing of the user's can be changed any more.
ALTER TABLE users ADD COLUMN forgotten_at timestamptz;

-- The key that a user's payloads are sealed under, as Vault wrapped it; wiped when the user is forgotten.
CREATE TABLE user_data_keys (
    user_id           uuid PRIMARY KEY REFERENCES users (id),
    key_id            uuid NOT NULL UNIQUE,
    wrapped_key       text,
    encryption_key_id varchar(60) NOT NULL,
    created_at        timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL
);
