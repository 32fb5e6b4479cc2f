-- The revision at which a credential got its key; the same key sealed anew is the same key. When those got theirs that are here is not
-- known: not later than now.
ALTER TABLE user_llm_credentials ADD COLUMN key_revision bigint;
UPDATE user_llm_credentials SET key_revision = revision;
ALTER TABLE user_llm_credentials ALTER COLUMN key_revision SET NOT NULL;
