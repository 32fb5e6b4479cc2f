-- The hash of the user's last history entry, which the next one names.
ALTER TABLE users ADD COLUMN audit_hash char(64);
