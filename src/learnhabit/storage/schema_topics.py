"""SQL of the third migration: what a person does with topics, recall cards, advice that was shown, search."""

from __future__ import annotations

from learnhabit.storage.schema_log import DAY, LAST, STAMPS

SEARCHED = {
    "session": ("note", "takeaway"),
    "topic": ("title", "aliases", "summary"),
    "resource": ("title", "authors"),
    "card": ("question", "answer"),
}
"""What full-text search looks at, by table."""


def _queue(table: str, columns: tuple[str, ...]) -> str:
    """Triggers that note which rows the search index has to read again, once there is an index."""
    wanted = "EXISTS (SELECT 1 FROM meta WHERE key = 'search')"
    text = " OR ".join(f"new.{name} <> ''" for name in columns)
    names = ", ".join((*columns, "deleted_at"))
    # Not OR IGNORE: what a trigger says of conflicts gives way to the statement that fires it.
    change = f"""
BEGIN
  INSERT INTO search_queue (kind, row) SELECT '{table}', new.seq
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = '{table}' AND row = new.seq);
END;"""
    return f"""
CREATE TRIGGER {table}_insert_searched AFTER INSERT ON {table} WHEN ({text}) AND {wanted} {change}
CREATE TRIGGER {table}_update_searched AFTER UPDATE OF {names} ON {table} WHEN {wanted} {change}"""


TOPICS = f"""
ALTER TABLE topic ADD COLUMN followed_on TEXT {DAY.format("followed_on")};
ALTER TABLE topic ADD COLUMN archived_on TEXT {DAY.format("archived_on")};
ALTER TABLE resource ADD COLUMN unit TEXT CHECK (unit IN ('percent', 'pages', 'minutes'));
ALTER TABLE resource ADD COLUMN done_amount INTEGER CHECK (done_amount >= 0);
ALTER TABLE resource ADD COLUMN whole_amount INTEGER CHECK (whole_amount BETWEEN 1 AND 1000000);
ALTER TABLE resource ADD COLUMN place INTEGER;
ALTER TABLE advice ADD COLUMN hidden_on TEXT {DAY.format("hidden_on")};
ALTER TABLE topic ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
ALTER TABLE resource ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
ALTER TABLE advice ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
CREATE INDEX session_resource ON session (resource, study_day) WHERE resource IS NOT NULL AND deleted_at IS NULL;
CREATE TABLE dismissal (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  topic TEXT NOT NULL CHECK (topic <> ''),
  day TEXT NOT NULL {DAY.format("day")},
  {STAMPS}
) STRICT;
CREATE INDEX dismissal_day ON dismissal (day) WHERE deleted_at IS NULL;
CREATE TABLE advice_shown (
  day TEXT NOT NULL {DAY.format("day")},
  moment TEXT NOT NULL,
  advice TEXT NOT NULL,
  PRIMARY KEY (day, moment)
) STRICT, WITHOUT ROWID;
CREATE INDEX advice_shown_last ON advice_shown (advice, day);
CREATE TABLE card (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  topic TEXT NOT NULL CHECK (topic <> ''),
  origin TEXT NOT NULL CHECK (origin IN ('takeaway', 'question', 'own')),
  session TEXT,
  question TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT '',
  added_on TEXT NOT NULL {DAY.format("added_on")},
  suspended_on TEXT {DAY.format("suspended_on")},
  phase TEXT NOT NULL DEFAULT 'new' CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
  step INTEGER,
  stability REAL,
  difficulty REAL,
  reviewed_at INTEGER CHECK (reviewed_at BETWEEN 0 AND {LAST}),
  reviewed_on TEXT {DAY.format("reviewed_on")},
  due_at INTEGER CHECK (due_at BETWEEN 0 AND {LAST}),
  due_on TEXT NOT NULL {DAY.format("due_on")},
  {STAMPS},
  CHECK ((phase = 'new') = (reviewed_at IS NULL) AND (reviewed_at IS NULL) = (reviewed_on IS NULL))
) STRICT;
CREATE INDEX card_due ON card (due_on) WHERE suspended_on IS NULL AND deleted_at IS NULL;
CREATE INDEX card_topic ON card (topic) WHERE deleted_at IS NULL;
CREATE INDEX card_tail ON card (substr(id, -6));
CREATE TABLE card_review (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  card TEXT NOT NULL REFERENCES card (id),
  grade INTEGER CHECK (grade BETWEEN 1 AND 4),
  of_review TEXT REFERENCES card_review (id),
  voided INTEGER CHECK (voided IN (0, 1)),
  reviewed_at INTEGER NOT NULL CHECK (reviewed_at BETWEEN 0 AND {LAST}),
  study_day TEXT NOT NULL {DAY.format("study_day")},
  seconds INTEGER NOT NULL DEFAULT 0 CHECK (seconds BETWEEN 0 AND 120),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((grade IS NULL) = (of_review IS NOT NULL) AND (of_review IS NULL) = (voided IS NULL))
) STRICT;
CREATE INDEX card_review_card ON card_review (card, seq);
CREATE INDEX card_review_day ON card_review (study_day);
CREATE INDEX card_review_of ON card_review (of_review) WHERE of_review IS NOT NULL;
CREATE TRIGGER card_review_stays BEFORE DELETE ON card_review
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
CREATE TABLE search_queue (
  kind TEXT NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID;
{"".join(_queue(table, columns) for table, columns in SEARCHED.items())}
"""
