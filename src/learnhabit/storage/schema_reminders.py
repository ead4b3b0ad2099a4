"""SQL of the fourth migration: reminders, and what became of each time they were due."""

from __future__ import annotations

from learnhabit.storage.schema_log import DAY, LAST, STAMPS

_WALL = "CHECK ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]')"
"""A naive wall clock to the minute; as text it sorts as time does."""

_SAME = "new.rule IS old.rule AND new.starts_on IS old.starts_on AND new.enabled IS old.enabled"

REMINDERS = f"""
CREATE TABLE reminder (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  rule TEXT NOT NULL CHECK (rule <> ''),
  starts_on TEXT NOT NULL {DAY.format("starts_on")},
  text TEXT NOT NULL DEFAULT '',
  condition TEXT NOT NULL CHECK (condition IN
    ('not-studied', 'always', 'run-at-risk', 'behind', 'weekly-review', 'recall-due')),
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  next_due TEXT {_WALL.format("next_due")},
  {STAMPS}
) STRICT;
CREATE INDEX reminder_due ON reminder (next_due) WHERE enabled = 1 AND deleted_at IS NULL;
CREATE TRIGGER reminder_changed AFTER UPDATE OF rule, starts_on, enabled, deleted_at ON reminder
BEGIN
  UPDATE reminder SET next_due = CASE WHEN {_SAME} AND new.deleted_at IS old.deleted_at THEN old.next_due END
    WHERE seq = new.seq;
END;
CREATE TABLE delivery (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  reminder TEXT NOT NULL CHECK (reminder <> ''),
  occurrence TEXT NOT NULL {_WALL.format("occurrence")},
  state TEXT NOT NULL CHECK (state IN ('pending', 'snoozed', 'sent', 'skipped', 'expired', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_try INTEGER NOT NULL CHECK (next_try BETWEEN 0 AND {LAST}),
  counted_from INTEGER NOT NULL CHECK (counted_from BETWEEN 0 AND {LAST}),
  expires_on TEXT NOT NULL {DAY.format("expires_on")},
  done_at INTEGER CHECK (done_at BETWEEN 0 AND {LAST}),
  text TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (reminder, occurrence),
  CHECK ((state IN ('pending', 'snoozed')) = (done_at IS NULL))
) STRICT;
CREATE TRIGGER reminder_erased AFTER UPDATE OF text ON reminder WHEN new.deleted_at IS NOT NULL
BEGIN
  UPDATE delivery SET text = '' WHERE reminder = new.id;
END;
CREATE INDEX delivery_waiting ON delivery (next_try) WHERE state IN ('pending', 'snoozed');
CREATE INDEX delivery_order ON delivery (occurrence, seq);
"""
