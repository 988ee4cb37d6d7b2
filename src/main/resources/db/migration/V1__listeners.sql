-- Runs on SQLite and on PostgreSQL.

CREATE TABLE listener (
    name       VARCHAR(63) NOT NULL PRIMARY KEY,
    version    BIGINT      NOT NULL,
    definition TEXT        NOT NULL, -- JSON
    checksum   VARCHAR(64) NOT NULL  -- SHA-256 of the three above: SQLite's own check misses single flipped bytes
);

-- One row. The epoch tells which process has the database; the number of writes, which of two copies is newer.
CREATE TABLE ledger (
    id     INTEGER NOT NULL PRIMARY KEY,
    epoch  BIGINT  NOT NULL,
    writes BIGINT  NOT NULL
);
INSERT INTO ledger (id, epoch, writes) VALUES (1, 0, 0);
