"""Which links may be kept and opened."""

from __future__ import annotations

from learnhabit.domain.text import display, quoted
from learnhabit.errors import UsageError

LONGEST = 2000


def read_link(text: str) -> str:
    """A web address as it is stored; empty stays empty. UsageError for all but http and https with a host."""
    link = text.strip()
    if not link:
        return ""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(link)
        known = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or len(link) > LONGEST or display(link) != link or any(each.isspace() for each in link):
        raise UsageError(f"{quoted(link)} is no link", "it begins with http:// or https://, without blanks")
    return link
