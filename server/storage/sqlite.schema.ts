/** Raised with every change of the tables; a data folder of a newer server is refused. */
export const SCHEMA_VERSION = 4;

/** Brings a new file and one of an older version to this one. Instants are epoch milliseconds. `record` is JSON. Rows past `kept_until` or `until` are deleted by the next sweep. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sessions (
    tag TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    client_name TEXT,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sessions_seen_at ON sessions (seen_at);

  CREATE TABLE IF NOT EXISTS grants (
    id TEXT PRIMARY KEY,
    tag TEXT NOT NULL,
    key TEXT NOT NULL,
    user TEXT NOT NULL,
    version INTEGER NOT NULL,
    position TEXT NOT NULL,
    live_until INTEGER NOT NULL,
    kept_until INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS grants_session ON grants (tag, live_until);
  CREATE INDEX IF NOT EXISTS grants_user ON grants (user, position);
  CREATE INDEX IF NOT EXISTS grants_user_live ON grants (user, live_until);
  CREATE INDEX IF NOT EXISTS grants_kept_until ON grants (kept_until);
  DROP INDEX IF EXISTS grants_denied;
  CREATE INDEX IF NOT EXISTS grants_refused ON grants (user, json_extract(record, '$.endedAt'))
    WHERE json_extract(record, '$.status') = 'denied' OR json_extract(record, '$.withdrawReason') = 'declined';

  CREATE TABLE IF NOT EXISTS choices (
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT,
    kept_until INTEGER NOT NULL,
    PRIMARY KEY (user, kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS choices_kept_until ON choices (kept_until);

  CREATE TABLE IF NOT EXISTS bodies (
    grant_id TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS bodies_until ON bodies (until);

  CREATE TABLE IF NOT EXISTS audit_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS audit_events_at ON audit_events (at);

  CREATE TABLE IF NOT EXISTS browser_sessions (
    id TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS browser_sessions_until ON browser_sessions (until);
`;
