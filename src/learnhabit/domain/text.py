"""Text that a person or a file wrote: what may be stored, what may be shown."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

_UNSHOWN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 except tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u200b\ufeff"  # invisible: zero-width space, byte order mark (joiners stay, emoji and scripts need them)
    "\U000e0000-\U000e007f"  # tag characters
    "\ud800-\udfff"  # lone surrogates
)
_LONGEST_QUOTED = 60
_UNSTORED = "[\x00\ud800-\udfff]+"
# Patterns are compiled when something needs them: most text is printable, and compiling costs a millisecond.


def display(text: str) -> str:
    """Text without the characters that a terminal would obey or that hide what is written.

    Escape and control characters, bidi controls, zero-width space, byte order mark, tag characters and lone surrogates
    go; newline, tab and the joiners stay.
    """
    return text if text.isprintable() else re.sub(f"[{_UNSHOWN}]+", "", text)


def display_line(text: str) -> str:
    """The same on one line: each run of white space is one blank."""
    return " ".join(display(text).split())


def quoted(text: str) -> str:
    """The text in quotation marks on one line, for an error's title; cut when it is long."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _LONGEST_QUOTED else f"“{line[:_LONGEST_QUOTED]}…”"


def escape_json(text: str) -> str:
    """Finished JSON in which every character that `display` drops is written as an escape, so that nothing is lost.

    Such characters stand only inside strings there, where an escape means the same.
    """
    return text if text.isprintable() else re.sub(f"[{_UNSHOWN}]", _escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def accept(text: str) -> tuple[str, bool]:
    """(text as it may be stored, whether something was left out).

    NUL and lone surrogates go, line ends of any system become line feeds.
    """
    if text.isprintable():
        return text, False
    clean = re.sub(_UNSTORED, "", text)
    return clean.replace("\r\n", "\n").replace("\r", "\n"), clean != text


def slug(title: str, taken: Container[str]) -> str:
    """An id made of a title: ASCII letters, digits and hyphens; `-2` and so on behind one that is taken."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "topic"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
