"""The summary as Markdown: readable as it stands, and whatever anybody typed stays text."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, Template

from learnhabit.domain.resolution_words import STATE_ICONS
from learnhabit.domain.year_summary import QUESTIONS
from learnhabit.domain.year_text import day_text
from learnhabit.reports import charts, facts
from learnhabit.reports.clean import line
from learnhabit.reports.page import months_part, topics_part

if TYPE_CHECKING:
    from learnhabit.reports.shared import Shared

_FOLDER = os.path.join(os.path.dirname(__file__), "templates")


def markdown(shared: Shared) -> str:
    """The text, for the level's fields only."""
    full = shared.full
    made = _template().render(
        s=shared,
        y=full,
        line=facts.share_line(shared),
        tiles=facts.tiles(shared),
        resolutions=[
            (
                each.statement,
                f"{STATE_ICONS[each.result.standing.state]} {each.result.standing.state}",
                facts.figures(each.result),
                facts.why(each.result, shared),
            )
            for each in shared.resolutions or ()
        ],
        months=months_part(shared),
        topics=topics_part(shared),
        hours=charts.hours_table(full) if full is not None else (),
        themes=facts.themes(full) if full is not None else "",
        rhythm=facts.rhythm(full) if full is not None else (),
        finished=facts.finished(full) if full is not None else (),
        questions=dict(QUESTIONS),
        onward=facts.onward(shared),
        counted=facts.counted(shared),
        dated=day_text,
    )
    return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=escaped,
        auto_reload=False,
    )
    return environment.get_template("summary.md.j2")


def escaped(value: object) -> object:
    """Text on one line in which nothing is Markdown or HTML any more; numbers as they are."""
    if not isinstance(value, str):
        return value
    said = re.sub(r"([\\`*_{}\[\]<>|&~$^])", r"\\\1", line(value))
    # Addresses become links by themselves in many readers.
    said = re.sub(r"(?i)(https?|ftp|mailto|www)([:.])", r"\1\\\2", said).replace("@", "\\@")
    # A sign that would begin a heading, a list or a rule; `1.` and `1)` begin a list too.
    return re.sub(r"^([#+\-=:!])", r"\\\1", re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", said))
