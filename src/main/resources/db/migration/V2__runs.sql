-- Runs on SQLite and on PostgreSQL.

CREATE TABLE run (
    id       VARCHAR(63) NOT NULL PRIMARY KEY,
    document TEXT        NOT NULL, -- JSON
    checksum VARCHAR(64) NOT NULL  -- SHA-256 of the two above
);
