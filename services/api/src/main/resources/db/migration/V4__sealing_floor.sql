-- The oldest version of a master key under which a key may be sealed that is stored from now on. It is raised under an exclusive lock of
-- this table, and whoever stores a newly sealed key has read it in the same transaction: one of the two sees the other.
CREATE TABLE sealing_floor (
    encryption_key_id varchar(50) PRIMARY KEY,
    version           integer NOT NULL
);
