-- accounts.sqlite as the first format had it, with one made-up account.
BEGIN TRANSACTION;
CREATE TABLE accounts (
        id TEXT PRIMARY KEY, address TEXT NOT NULL UNIQUE, role TEXT NOT NULL, scope TEXT NOT NULL,
        password TEXT, created INTEGER NOT NULL, closed INTEGER
    ) STRICT;
INSERT INTO "accounts" VALUES('a0123456789abcdef','ada@x.example','owner','[]',NULL,1788000000,NULL);
CREATE TABLE audit (
        number INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, whom TEXT NOT NULL,
        origin TEXT NOT NULL, result TEXT NOT NULL, digest TEXT NOT NULL
    ) STRICT;
INSERT INTO "audit" VALUES(1,'2026-11-27T06:42:02+00:00','','add account','a0123456789abcdef','command line','owner','25f65536b7b3eb03dc706fe5538111a05863620cdff861a95ca13aec1f266bbd');
CREATE TABLE links (
        token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
        purpose TEXT NOT NULL, ends INTEGER NOT NULL
    ) STRICT;
CREATE TABLE sessions (
        token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
        started INTEGER NOT NULL, seen INTEGER NOT NULL, way TEXT NOT NULL
    ) STRICT;
CREATE TABLE tries (whose TEXT PRIMARY KEY, count INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
CREATE INDEX sessions_of ON sessions (account);
CREATE INDEX links_of ON links (account);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
COMMIT;
PRAGMA application_id = 1315917377;
PRAGMA user_version = 1;
