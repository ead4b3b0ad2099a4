"""The card: one picture of 1200 × 630, drawn at twice the size, with a font that comes along."""

from __future__ import annotations

import os
from datetime import timedelta

from markupsafe import escape

from learnhabit.domain.day_text import MONTHS
from learnhabit.domain.year_text import period_text
from learnhabit.reports.charts import hours_label
from learnhabit.reports.drawing import fitted
from learnhabit.reports.shared import OTHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.reports.shared import Shared

WIDTH, HEIGHT, ZOOM = 1200, 630, 2
GROUND, WHITE, PALE, TEAL, DIM, GOLD = "#112f33", "#ffffff", "#a9d5d1", "#6fd0c6", "#2b5257", "#ffd36e"
_FONTS = os.path.join(os.path.dirname(__file__), "fonts")
_COVERED = ((0x20, 0x24F), (0x370, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2212), (0x2260, 0x2265))
"""Characters that the font has, roughly; others are looked for among the system's."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 1136, 372, 500
_COLUMN, _LABELS = 640, 850


def card(shared: Shared) -> bytes:
    """The picture as PNG."""
    import resvg_py

    drawn = card_svg(shared)
    foreign = any(not any(low <= ord(each) <= high for low, high in _COVERED) for each in drawn)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=ZOOM,
            skip_system_fonts=not foreign,
            font_family="Inter",
            sans_serif_family="Inter",
            font_files=[os.path.join(_FONTS, f"Inter-{weight}.otf") for weight in ("Regular", "Bold")],
        )
    )


def card_svg(shared: Shared) -> str:
    """The same as SVG."""
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>',
        _text(_LEFT, 96, shared.title.upper(), 24, PALE, bold=True, spacing=2),
    ]
    if shared.period.so_far:
        parts.append(_text(_RIGHT, 96, "so far", 24, GOLD, bold=True, anchor="end"))
    number = hours_label(shared.seconds).removesuffix(" h")
    size = 150 if len(number) < 6 else 118
    parts.append(_text(_LEFT - 6, 262, number, size, WHITE, bold=True))
    parts.append(_text(_LEFT, 318, f"hours studied, {period_text(shared.period)}", 22, "#d9ecea"))
    made = sum(shared.states.values())
    rows = [(f"{shared.days:,}", "day studied" if shared.days == 1 else "days studied")]
    if shared.weeks_over:
        rows.append((f"{shared.weeks_kept} of {shared.weeks_over}", "weeks kept"))
    if made:
        rest = f", {shared.states['open']} open" if shared.states["open"] else ""
        rows.append((f"{shared.states['kept']} of {made}", f"resolutions kept{rest}"))
    for place, (value, label) in enumerate(rows):
        y = 172 + place * 62
        parts.append(_text(_COLUMN, y, value, 38, WHITE, bold=True))
        parts.append(_text(_LABELS, y - 3, label, 22, "#d9ecea"))
    parts += _bars(shared)
    named = [each for each in shared.topics or () if each.topic != OTHER and each.seconds][:3]
    if named:
        said = [f"{fitted(each.title, 34)} {hours_label(each.seconds)}" for each in named]
        while len("  ·  ".join(said)) > 84 and len(said) > 1:
            said.pop()
        parts.append(_text(_LEFT, 584, fitted("  ·  ".join(said), 84), 19, GOLD))
    else:
        parts.append(_text(_LEFT, 584, "weekly totals only, shared by choice", 19, GOLD))
    parts.append(_text(_RIGHT, 584, f"made offline with {shared.program.split()[0]}", 19, PALE, anchor="end"))
    label = f"{shared.title}: {shared.sentence}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' font-family="Inter, sans-serif" role="img">'
        f"<title>{escape(label)}</title>{''.join(parts)}</svg>"
    )


def _bars(shared: Shared) -> list[str]:
    """A bar for each week of the period, a stroke where nothing was studied, a dim one for weeks to come."""
    period = shared.period
    days = (period.end - period.first).days + 1
    count = max(1, min(-(-days // 7), 54))
    weeks = list(shared.weeks)[-count:]
    pitch = (_RIGHT - _LEFT) / max(count, len(weeks))
    most = max((seconds for _, seconds in weeks), default=0) or 1
    parts = []
    for place in range(max(count, len(weeks))):
        x = _LEFT + place * pitch
        seconds = weeks[place][1] if place < len(weeks) else 0
        height = (_BOTTOM - _TOP) * seconds / most
        if seconds:
            parts.append(_rect(x, _BOTTOM - height, pitch * 0.76, height, TEAL))
        else:
            parts.append(_rect(x, _BOTTOM - 3, pitch * 0.76, 3, DIM))
    reached = 0.0
    month = period.first
    while month <= period.end:
        x = _LEFT + (_RIGHT - _LEFT) * (month - period.first).days / days
        if x >= reached:
            parts.append(_text(x, _BOTTOM + 28, MONTHS[month.month - 1], 18, PALE))
            reached = x + 60
        month = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
    return parts


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' rx="{min(2.5, height / 2):.1f}" fill="{fill}"/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    size: float,
    fill: str,
    *,
    bold: bool = False,
    anchor: str = "start",
    spacing: int = 0,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    apart = f' letter-spacing="{spacing}"' if spacing else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}"{weight}{where}{apart}>{escape(text)}</text>'
