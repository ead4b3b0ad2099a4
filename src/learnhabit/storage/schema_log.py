"""SQL of the first migration: topics, the log, its rules and totals, the undo journal. Never edited."""

from __future__ import annotations

DAY = "CHECK (date({0}, '+0 days') IS {0})"
"""On SQLite 3.40 `date('2026-02-30')` returns itself; adding no days normalises it."""

LAST = 253_370_764_799
"""The end of the year 9998: every wall clock before it is a date in every zone."""

STAMPS = "created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER"

_REFERENCE = f"""
CREATE TABLE meta (
  key TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE topic (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  title TEXT NOT NULL CHECK (title <> ''),
  aliases TEXT NOT NULL DEFAULT '',
  theme TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 1000000,
  who TEXT NOT NULL DEFAULT '',
  why TEXT NOT NULL DEFAULT '',
  summary TEXT NOT NULL DEFAULT '',
  prerequisites TEXT NOT NULL DEFAULT '',
  subtopics TEXT NOT NULL DEFAULT '',
  first_step TEXT NOT NULL DEFAULT '',
  project TEXT NOT NULL DEFAULT '',
  questions TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL CHECK (origin IN ('catalogue', 'own')),
  edited TEXT NOT NULL DEFAULT '',
  {STAMPS}
) STRICT;
CREATE TABLE resource (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  topic TEXT NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  kind TEXT NOT NULL,
  authors TEXT NOT NULL DEFAULT '',
  year INTEGER,
  url TEXT NOT NULL DEFAULT '',
  minutes INTEGER CHECK (minutes > 0),
  level TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 1000000,
  origin TEXT NOT NULL CHECK (origin IN ('catalogue', 'own')),
  edited TEXT NOT NULL DEFAULT '',
  {STAMPS}
) STRICT;
CREATE INDEX resource_topic ON resource (topic, position);
CREATE TABLE advice (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  moment TEXT NOT NULL CHECK (moment IN ('start', 'daily', 'after-session', 'missed-day', 'run', 'behind', 'ahead',
    'weekly-review', 'year-end', 'new-year', 'community')),
  text TEXT NOT NULL,
  why TEXT NOT NULL,
  authors TEXT NOT NULL,
  source TEXT NOT NULL,
  year INTEGER,
  url TEXT NOT NULL,
  {STAMPS}
) STRICT;
"""

_RULES = f"""
CREATE TABLE setting (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL,
  {STAMPS}
) STRICT;
CREATE TABLE day_start (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  effective_from TEXT NOT NULL {DAY.format("effective_from")},
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 719),
  {STAMPS}
) STRICT;
CREATE TABLE cadence (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  effective_from TEXT NOT NULL {DAY.format("effective_from")},
  days_per_week INTEGER NOT NULL CHECK (days_per_week BETWEEN 1 AND 7),
  weekdays TEXT NOT NULL DEFAULT '' CHECK (weekdays NOT GLOB '*[^0-6]*'),
  {STAMPS}
) STRICT;
CREATE TABLE daily_amount (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  what TEXT NOT NULL CHECK (what IN ('minimum', 'goal')),
  effective_from TEXT NOT NULL {DAY.format("effective_from")},
  seconds INTEGER NOT NULL CHECK (seconds BETWEEN 60 AND 86400),
  {STAMPS}
) STRICT;
CREATE TABLE time_off (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  from_day TEXT NOT NULL {DAY.format("from_day")},
  to_day TEXT NOT NULL {DAY.format("to_day")},
  why TEXT NOT NULL DEFAULT '',
  entered_on TEXT NOT NULL {DAY.format("entered_on")},
  removed_on TEXT {DAY.format("removed_on")},
  {STAMPS},
  CHECK (from_day <= to_day)
) STRICT;
"""

_STUDY = f"""
CREATE TABLE session (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  topic TEXT NOT NULL CHECK (topic <> ''),
  resource TEXT,
  started_at INTEGER NOT NULL CHECK (started_at BETWEEN 0 AND {LAST}),
  ended_at INTEGER NOT NULL CHECK (ended_at <= {LAST}),
  seconds INTEGER NOT NULL CHECK (seconds BETWEEN 1 AND 172800),
  utc_offset INTEGER NOT NULL CHECK (utc_offset BETWEEN -1439 AND 1439),
  zone TEXT NOT NULL,
  study_day TEXT NOT NULL {DAY.format("study_day")},
  day_moves INTEGER NOT NULL DEFAULT 0 CHECK (day_moves >= 0),
  note TEXT NOT NULL DEFAULT '',
  takeaway TEXT NOT NULL DEFAULT '',
  pauses TEXT NOT NULL DEFAULT '' CHECK (pauses NOT GLOB '*[^0-9 -]*'),
  origin TEXT NOT NULL CHECK (origin IN ('timer', 'log')),
  {STAMPS},
  CHECK (ended_at > started_at)
) STRICT;
CREATE INDEX session_order ON session (study_day, started_at) WHERE deleted_at IS NULL;
CREATE INDEX session_topic ON session (topic, study_day, started_at) WHERE deleted_at IS NULL;
CREATE INDEX session_start ON session (started_at) WHERE deleted_at IS NULL;
CREATE INDEX session_long ON session (ended_at) WHERE deleted_at IS NULL AND ended_at - started_at > 86400;
CREATE INDEX session_tail ON session (substr(id, -6));
CREATE TRIGGER session_day_frozen BEFORE UPDATE OF study_day ON session
WHEN new.study_day IS NOT old.study_day AND new.day_moves IS old.day_moves AND new.started_at IS old.started_at
BEGIN SELECT RAISE(ABORT, 'study_day is frozen'); END;
CREATE TABLE tag (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  session TEXT NOT NULL REFERENCES session (id),
  name TEXT NOT NULL,
  {STAMPS}
) STRICT;
CREATE INDEX tag_session ON tag (session) WHERE deleted_at IS NULL;
CREATE INDEX tag_name ON tag (name) WHERE deleted_at IS NULL;
CREATE TABLE timer (
  one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  id TEXT NOT NULL UNIQUE,
  topic TEXT NOT NULL CHECK (topic <> ''),
  resource TEXT,
  note TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '',
  started_at INTEGER NOT NULL CHECK (started_at BETWEEN 0 AND {LAST}),
  utc_offset INTEGER NOT NULL CHECK (utc_offset BETWEEN -1439 AND 1439),
  zone TEXT NOT NULL,
  pauses TEXT NOT NULL DEFAULT '' CHECK (pauses NOT GLOB '*[^0-9 -]*'),
  paused_at INTEGER,
  boot_id TEXT NOT NULL DEFAULT '',
  boot_clock INTEGER,
  heartbeat_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
"""


def _add(table: str, key: str, value: str, row: str, sign: str) -> str:
    """SQL that adds one session's seconds to a table of totals."""
    return f"""
  INSERT INTO {table} ({key}, topic, seconds, sessions) VALUES ({value}, {row}.topic, {sign}{row}.seconds, {sign}1)
    ON CONFLICT ({key}, topic) DO UPDATE
    SET seconds = seconds + excluded.seconds, sessions = sessions + excluded.sessions;"""


def _count(row: str, sign: str = "") -> str:
    return _add("day_total", "study_day", f"{row}.study_day", row, sign) + _add(
        "month_total", "month", f"substr({row}.study_day, 1, 7)", row, sign
    )


def _drop_empty(row: str) -> str:
    return f"""
  DELETE FROM day_total WHERE study_day = {row}.study_day AND topic = {row}.topic AND sessions = 0;
  DELETE FROM month_total WHERE month = substr({row}.study_day, 1, 7) AND topic = {row}.topic AND sessions = 0;"""


def _forget_states() -> str:
    """Triggers that drop what the scan knew, from a changed day on."""
    days = {"cadence": "effective_from", "daily_amount": "effective_from", "time_off": "from_day"}
    sql = ""
    for table, day in days.items():
        forget = "DELETE FROM scan_state WHERE study_day >= {};"
        for event, oldest in {
            "INSERT": f"new.{day}",
            "UPDATE": f"min(old.{day}, new.{day})",
            "DELETE": f"old.{day}",
        }.items():
            sql += (
                f"CREATE TRIGGER {table}_{event.lower()}_forgets AFTER {event} ON {table} "
                f"BEGIN {forget.format(oldest)} END;\n"
            )
    return sql


_TOTALS = f"""
CREATE TABLE day_total (
  study_day TEXT NOT NULL {DAY.format("study_day")},
  topic TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (study_day, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_total_topic ON day_total (topic, study_day);
CREATE TABLE month_total (
  month TEXT NOT NULL CHECK (date(month || '-01') IS NOT NULL),
  topic TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (month, topic)
) STRICT, WITHOUT ROWID;
CREATE TABLE scan_state (
  study_day TEXT PRIMARY KEY {DAY.format("study_day")},
  kind TEXT NOT NULL CHECK (kind IN ('counted', 'paused', 'day off', 'missed')),
  strength REAL NOT NULL,
  run_days INTEGER NOT NULL,
  longest_run INTEGER NOT NULL,
  run_window TEXT,
  effort_window TEXT
) STRICT, WITHOUT ROWID;
CREATE TRIGGER session_insert_counts AFTER INSERT ON session WHEN new.deleted_at IS NULL
BEGIN{_count("new")}
  DELETE FROM scan_state WHERE study_day >= new.study_day;
END;
CREATE TRIGGER session_delete_counts AFTER DELETE ON session WHEN old.deleted_at IS NULL
BEGIN{_count("old", "-")}{_drop_empty("old")}
  DELETE FROM scan_state WHERE study_day >= old.study_day;
END;
CREATE TRIGGER session_update_leaves AFTER UPDATE OF topic, seconds, study_day, deleted_at ON session
WHEN old.deleted_at IS NULL
BEGIN{_count("old", "-")}{_drop_empty("old")}
  DELETE FROM scan_state WHERE study_day >= old.study_day;
END;
CREATE TRIGGER session_update_arrives AFTER UPDATE OF topic, seconds, study_day, deleted_at ON session
WHEN new.deleted_at IS NULL
BEGIN{_count("new")}
  DELETE FROM scan_state WHERE study_day >= new.study_day;
END;
{_forget_states()}
"""

_JOURNAL = """
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  summary TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE journal_row (
  journal TEXT NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (journal, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_row_names ON journal_row (table_name, row_id);
"""

LOG = _REFERENCE + _RULES + _STUDY + _TOTALS + _JOURNAL
"""All of it."""
