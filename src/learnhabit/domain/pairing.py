"""The sentence that joins a piece of advice to what there is to do: the cue, the moment, the next step."""

from __future__ import annotations

import re

from learnhabit.domain.record import Record

LONGEST_TITLE = 80
LEADS = frozenset(
    (
        *("after", "before", "when", "whenever", "while", "until", "once", "as", "at", "on", "in", "during", "over"),
        *("by", "every", "each", "right", "with", "between"),
    )
)
"""Words that say when, so that a cue which begins with one needs no other."""
_YOURS = {
    "my": "your",
    "mine": "yours",
    "me": "you",
    "myself": "yourself",
    "i": "you",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
}
_AFTER_I = {"am": "are", "was": "were"}
_TIME_OF_DAY = re.compile(r"[0-9]{1,2}([:.][0-9]{2}|\s*(am|pm))", re.IGNORECASE)
_BEGINNINGS = {
    "after-session": "next time",
    "missed-day": "ten minutes today",
    "behind": "the next piece",
    "weekly-review": "then begin the week",
    "year-end": "before the year is over",
    "new-year": "for a first date",
}
"""What the moment says before the step."""


class Step(Record):
    """What the sentence is about."""

    title: str
    """Of the topic."""
    begun: bool
    """The topic was studied before."""
    own: bool
    first_step: str
    project: str
    resource: str
    """Title of what to go on with or to begin; empty when there is nothing."""
    resource_open: bool
    minutes_left: int | None


def pair(moment: str, step: Step | None, cue: str, partner: str) -> str:
    """One sentence: the cue in the user's words, the moment, and one concrete thing to do. Empty without a step."""
    if moment == "community":
        return f"Send {partner or 'a fellow learner'} one takeaway of this week, or the week as it was."
    if step is None:
        return ""
    deed = _project(step) if moment == "ahead" and step.project and not step.resource_open else _deed(step)
    beginning = _BEGINNINGS.get(moment, "")
    lead = cue_words(cue)
    if beginning and lead:
        lead = f"{beginning}, {lead}: "
    elif beginning:
        lead = f"{beginning}: "
    elif lead:
        lead = f"{lead}, "
    sentence = lead + deed
    end = "" if sentence.endswith((".", "!", "?", "…")) else "."
    return sentence[:1].upper() + sentence[1:] + end


def cue_words(cue: str) -> str:
    """A cue as one would say it to the person: `after my coffee` becomes `after your coffee`; empty without one."""
    words = cue.strip().rstrip(".,;:!").split()
    if not words:
        return ""
    before = ["", *(word.lower() for word in words)]
    said = " ".join(
        _AFTER_I.get(word.lower(), word) if former == "i" else _yours(word)
        for former, word in zip(before, words, strict=False)
    )
    if words[0].lower() in LEADS:
        return said[:1].lower() + said[1:]
    return f"at {said}" if _TIME_OF_DAY.match(said) else f"with your cue, {said}"


def says_when(cue: str) -> bool:
    """Whether a cue names its moment by itself: `after coffee`, `7pm`; `coffee` does not."""
    return cue.split()[0].lower() in LEADS or _TIME_OF_DAY.match(cue) is not None


def _yours(word: str) -> str:
    said = _YOURS.get(word.lower().replace("’", "'"))
    return word if said is None else said.replace("'", "’") if "’" in word else said


def _deed(step: Step) -> str:
    if step.resource_open:
        left = f", {_time(step.minutes_left)} left" if step.minutes_left else ""
        return f"go on with {_named(step.resource)}{left}"
    if not step.begun and step.first_step:
        return f"take the first step in {step.title}: {_lowered(step.first_step, step)}"
    if step.resource:
        takes = f", about {_time(step.minutes_left)}" if step.minutes_left else ""
        return f"open {_named(step.resource)} in {step.title}{takes}"
    if step.project:
        return _project(step)
    if step.first_step:
        return f"take the first step in {step.title}: {_lowered(step.first_step, step)}"
    return f"give {step.title} ten minutes"


def _project(step: Step) -> str:
    return f"there is time for the weekend project of {step.title}: {_lowered(step.project, step)}"


def _time(minutes: int) -> str:
    """`40 min`, `15 h`: an estimate, so hours are whole ones."""
    return f"{minutes} min" if minutes < 120 else f"{(minutes + 30) // 60} h"


def _named(title: str) -> str:
    return f"“{title}”" if len(title) <= LONGEST_TITLE else f"“{title[:LONGEST_TITLE].rstrip()}…”"


def _lowered(text: str, step: Step) -> str:
    """The catalogue's sentences begin with a plain word; one's own stay as they were typed."""
    return text if step.own or not text[1:2].islower() else text[:1].lower() + text[1:]
