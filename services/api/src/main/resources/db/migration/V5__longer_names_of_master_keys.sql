-- As in user_data_keys: the name of the key that wraps data keys is longer than the other's.
ALTER TABLE sealing_floor ALTER COLUMN encryption_key_id TYPE varchar(60);
