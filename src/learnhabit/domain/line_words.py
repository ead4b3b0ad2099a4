"""The words of a line while it is read, and which of them are understood."""

from __future__ import annotations

import re
from datetime import date

from learnhabit.domain.record import Record
from learnhabit.domain.resolution_draft import Part
from learnhabit.domain.topic import topic_called

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.topic import TopicName

ON = frozenset(("of", "on", "about", "in", "for", "with", "to"))
"""Words that lead to a topic."""
BETWEEN = frozenset(("or", "and", "&", "/", "+"))
"""Words between topics."""
STUDY_WORDS = frozenset(
    (
        *("study", "studying", "learn", "learning", "read", "reading", "finish", "finishing", "complete", "watch"),
        *("do", "spend", "log", "get", "put", "work", "practise", "practice", "invest", "go", "through", "follow"),
        *("take", "aim", "i", "will", "want", "to", "at", "least", "and", "also", "try", "more", "for", "a", "total"),
        *("over", "around", "about", "roughly", "only", "in", "all", "up", "done", "than", "just", "please", "my"),
        *("me", "we", "i'll", "resolve", "must"),
    )
)
"""Words that say nothing about the number: verbs of study and what stands around them."""
QUALIFIERS = frozenset(("study", "studying", "learning", "reading", "more", "full", "whole", "further", "new"))
"""Words that may stand between a number and its unit: `200 study days`, `10 more papers`."""
_STUDY_VERBS = ("study", "learn", "read", "finish", "complete", "do", "watch", "take")
_FILLERS = frozenset(("i", "will", "want", "to", "try", "aim", "at", "least", "once", "twice", "thrice", "times"))
_MAKING_VERBS = frozenset(
    (
        *("write", "explain", "present", "publish", "give", "review", "summarise", "summarize", "discuss"),
        *("implement", "reproduce", "teach", "post", "share", "draft"),
    )
)
"""With these even papers are counted by check-ins: to explain a paper is not to finish it."""


_WORD = r'"[^"]+"|“[^”]+”|[^\s"“]+|["“]'
_OUTER = "\"“”'‘’()[],;.!?:"


class _Word(Record):
    """A word of the line, in lower case without the marks around it; what stands in quotation marks is one word."""

    text: str
    start: int
    end: int


class Words:
    """The words of one line, each with the role it was found to have."""

    def __init__(self, line: str, names: Sequence[TopicName], today: date) -> None:
        self.line = line
        self.names = names
        self.today = today
        self._words = [
            _Word(text=_plain(match[0]), start=match.start(), end=match.end()) for match in re.finditer(_WORD, line)
        ]
        self.texts = [word.text for word in self._words]
        """In lower case, without commas."""
        self.roles = [""] * len(self._words)
        """`measure`, `topics`, `when` or `cue`; empty for words that are not understood yet."""

    def take(self, start: int, end: int, role: str) -> None:
        """Words are understood."""
        for place in range(start, end):
            self.roles[place] = role

    def free(self, place: int) -> str:
        """The word at a place, if there is one that is not understood yet."""
        return self.texts[place] if 0 <= place < len(self.texts) and not self.roles[place] else ""

    def joined(self, start: int, end: int) -> str:
        """Words with one blank between them."""
        return " ".join(self.texts[start:end])

    def written(self, start: int, end: int) -> str:
        """Words as they stand in the line."""
        return self.line[self._words[start].start : self._words[end - 1].end]

    def replaced(self, start: int, end: int, text: str) -> str:
        """The line with other words in the place of some."""
        before, after = self.line[: self._words[start].start], self.line[self._words[end - 1].end :]
        return " ".join(f"{before}{text}{after}".split())

    def parts(self) -> tuple[Part, ...]:
        """Stretches of the line with one role each."""
        parts: list[Part] = []
        before = ""
        for word, role in zip(self._words, self.roles, strict=True):
            end = word.start + len(self.line[word.start : word.end].rstrip(",;.!")) or word.end
            if role and role == before:
                parts[-1] = parts[-1].replace(end=end)
            elif role:
                parts.append(Part(start=word.start, end=end, role=role))
            before = role
        return tuple(parts)

    def without(self, role: str) -> str:
        """The line without the words of a role."""
        kept = [
            self.line[word.start : word.end] for word, each in zip(self._words, self.roles, strict=True) if each != role
        ]
        return " ".join(kept).rstrip(",;")

    def left(self) -> list[str]:
        """The words that are not understood yet."""
        return [text for text, role in zip(self.texts, self.roles, strict=True) if not role]

    def topic(self, start: int, end: int) -> str | None:
        """The id of the topic that words from a place up to another are the whole name of."""
        found = topic_called(self.joined(start, end), self.names)
        if found is None and any(self.comma_behind(place) for place in range(start, end - 1)):
            # A title may hold commas.
            found = topic_called(self.written(start, end).rstrip(" ,;.!"), self.names)
        return found.id if found else None

    def comma_behind(self, place: int) -> bool:
        """Whether a comma or the like parts a word from the next."""
        return self.written(place, place + 1).endswith((",", ";"))

    @property
    def studies(self) -> bool:
        """Its first word that says something is a verb of study."""
        return next((text in _STUDY_VERBS for text in self.left() if text.isalpha() and text not in _FILLERS), False)

    @property
    def makes(self) -> bool:
        """It holds a verb of making or telling."""
        return any(text in _MAKING_VERBS for text in self.texts)


def _plain(text: str) -> str:
    if text[0] in '"“' and len(text) > 1:
        # Nothing in quotation marks is a number or a date.
        return f"“{text[1:-1].lower()}”" if re.search("[0-9]", text) else " ".join(text[1:-1].lower().split()) or text
    return text.lower().lstrip(_OUTER[:8]).rstrip(_OUTER) or text
