/** Raised with every change of the tables; a data folder of a newer server is refused. */
export const SCHEMA_VERSION = 1;

/** Instants are epoch milliseconds. `record` is JSON. Rows past `kept_until` or `until` are deleted by the next sweep. */
export const SCHEMA = `
  CREATE TABLE sessions (
    tag TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    client_name TEXT,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_seen_at ON sessions (seen_at);

  CREATE TABLE grants (
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
  CREATE INDEX grants_session ON grants (tag, live_until);
  CREATE INDEX grants_user ON grants (user, position);
  CREATE INDEX grants_user_live ON grants (user, live_until);
  CREATE INDEX grants_kept_until ON grants (kept_until);

  CREATE TABLE bodies (
    grant_id TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX bodies_until ON bodies (until);

  CREATE TABLE audit_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_events_at ON audit_events (at);

  CREATE TABLE browser_sessions (
    id TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX browser_sessions_until ON browser_sessions (until);
`;
