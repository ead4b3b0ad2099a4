"""The sentence that joins a piece of advice to what there is to do: the cue, the moment, the next step."""

from __future__ import annotations

import re

from learnhabit.domain.record import Record

LONGEST_TITLE = 80
LEADS = ("after", "before", "when", "while", "at", "on", "in", "during", "every", "once", "as", "with", "between")
_YOURS = {"my": "your", "i": "you", "i'm": "you're", "i’m": "you’re", "i've": "you've", "i’ve": "you’ve", "me": "you"}
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
    said = " ".join(_YOURS.get(word.lower(), word) for word in words)
    first = words[0].lower()
    if first in LEADS:
        return said[:1].lower() + said[1:]
    return f"at {said}" if re.match(r"[0-9]{1,2}([:.][0-9]{2}|\s*(am|pm))", said) else f"with your cue, {said}"


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
