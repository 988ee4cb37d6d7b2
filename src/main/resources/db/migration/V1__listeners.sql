-- Runs on SQLite and on PostgreSQL.

CREATE TABLE listener (
    name       VARCHAR(63) NOT NULL PRIMARY KEY,
    version    BIGINT      NOT NULL,
    definition TEXT        NOT NULL, -- JSON
    checksum   VARCHAR(64) NOT NULL  -- SHA-256 of the three above: SQLite's own check misses single flipped bytes
);

-- One row, written to see whether writing is possible again.
CREATE TABLE heartbeat (
    id   INTEGER NOT NULL PRIMARY KEY,
    beat BIGINT  NOT NULL
);
INSERT INTO heartbeat (id, beat) VALUES (1, 0);
