"""Which links may be kept and opened."""

from __future__ import annotations

import re

from learnhabit.domain.text import display, quoted
from learnhabit.errors import UsageError

LONGEST = 2000
# Without a name and password before the host: they are there to mislead.
_FORM = r"https?://(\[[0-9a-f:.]+\]|[^\s/?#@:\[\]\\]+)(:[0-9]{1,5})?([/?#]\S*)?"


def read_link(text: str) -> str:
    """A web address as it is stored; empty stays empty. UsageError for all but http and https with a host."""
    link = text.strip()
    if not link:
        return ""
    if len(link) > LONGEST or display(link) != link or not re.fullmatch(_FORM, link, re.IGNORECASE):
        raise UsageError(f"{quoted(link)} is no link", "it begins with http:// or https://, without blanks")
    return link
