"""SQL of the second migration: resolutions, weekly reviews, finished resources, offers. Never edited."""

from __future__ import annotations

from learnhabit.storage.schema_log import DAY, STAMPS

RESOLUTIONS = f"""
CREATE TABLE resolution (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  statement TEXT NOT NULL,
  measure TEXT NOT NULL CHECK (measure IN ('hours', 'sessions', 'days', 'resources', 'count', 'done')),
  kind TEXT CHECK (kind IS NULL OR kind <> '' AND measure = 'resources'),
  scope TEXT NOT NULL DEFAULT '',
  per TEXT CHECK (per IS NULL OR per IN ('day', 'week', 'month') AND measure <> 'done'),
  period_start TEXT NOT NULL {DAY.format("period_start")},
  made_on TEXT NOT NULL {DAY.format("made_on")},
  cue TEXT NOT NULL DEFAULT '',
  let_go_on TEXT {DAY.format("let_go_on")},
  let_go_why TEXT NOT NULL DEFAULT '',
  carried_from TEXT,
  {STAMPS}
) STRICT;
CREATE TABLE resolution_aim (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  resolution TEXT NOT NULL REFERENCES resolution (id),
  entered_on TEXT NOT NULL {DAY.format("entered_on")},
  target INTEGER NOT NULL CHECK (target BETWEEN 1 AND 1000000000),
  period_end TEXT NOT NULL {DAY.format("period_end")},
  {STAMPS}
) STRICT;
CREATE INDEX resolution_aim_order ON resolution_aim (resolution, entered_on) WHERE deleted_at IS NULL;
CREATE TABLE check_in (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  resolution TEXT NOT NULL REFERENCES resolution (id),
  day TEXT NOT NULL {DAY.format("day")},
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 1000000),
  {STAMPS}
) STRICT;
CREATE INDEX check_in_day ON check_in (resolution, day) WHERE deleted_at IS NULL;
ALTER TABLE resource ADD COLUMN finished_on TEXT {DAY.format("finished_on")};
CREATE INDEX resource_finished ON resource (finished_on) WHERE finished_on IS NOT NULL;
CREATE TABLE review (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  week_start TEXT NOT NULL {DAY.format("week_start")},
  text TEXT NOT NULL,
  written_on TEXT NOT NULL {DAY.format("written_on")},
  {STAMPS}
) STRICT;
CREATE INDEX review_week ON review (week_start) WHERE deleted_at IS NULL;
CREATE TABLE offer (
  id TEXT PRIMARY KEY, made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
