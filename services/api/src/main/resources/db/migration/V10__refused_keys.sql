-- When the provider refused the key; null when it has not, or has accepted it since.
ALTER TABLE user_llm_credentials ADD COLUMN key_refused_at timestamptz;
