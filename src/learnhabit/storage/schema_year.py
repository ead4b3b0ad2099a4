"""SQL of the fifth migration: starred takeaways, and what a person answers when the year is looked back on.

The index of the grades of a day holds all that a year's summary counts, so that it reads no row of thousands.
"""

from __future__ import annotations

from learnhabit.storage.schema_log import STAMPS

YEAR = f"""
ALTER TABLE session ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
CREATE INDEX session_starred ON session (study_day) WHERE starred = 1 AND deleted_at IS NULL;
DROP INDEX card_review_day;
CREATE INDEX card_review_day ON card_review (study_day, grade, card, id);
CREATE TABLE year_answer (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  year INTEGER NOT NULL CHECK (year BETWEEN 1970 AND 9998),
  question TEXT NOT NULL CHECK (question IN ('worked', 'did-not', 'changed', 'same')),
  text TEXT NOT NULL,
  {STAMPS}
) STRICT;
CREATE INDEX year_answer_year ON year_answer (year, question) WHERE deleted_at IS NULL;
"""
