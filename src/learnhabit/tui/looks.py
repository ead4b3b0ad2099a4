"""Colours: our own dark and light theme, and how every other theme fills in for the names that ours define."""

from __future__ import annotations

from textual.color import Color, ColorParseError
from textual.theme import Theme

from learnhabit.services.preferences import DARK, LIGHT

__all__ = ["DARK", "LIGHT", "THEMES", "borrowed"]

_COMMON = {
    "block-cursor-text-style": "none",
    "input-cursor-text-style": "none",
    "input-selection-background": "$sel",
    "scrollbar-background": "$background",
    "scrollbar-background-hover": "$background",
    "scrollbar-background-active": "$background",
    "scrollbar-corner-color": "$background",
}

_DARK = {
    "ink": "#e9ebee",
    "soft": "#bcc5cf",
    "mute": "#8b97a4",
    "faint": "#64707d",
    "rule": "#2f3945",
    "surf": "#1a2028",
    "surf2": "#242d37",
    "sel": "#17373a",
    "run": "#123a3a",
    "keys": "#93eae4",
    "amber": "#e3b25f",
    "rust": "#e8957a",
    "t1": "#147874",
    "t2": "#3d9791",
    "t3": "#65bcb7",
    "t4": "#93eae4",
    "press": "#147874",
    "on-press": "#ffffff",
}

_LIGHT = {
    "ink": "#1d2430",
    "soft": "#3b4554",
    "mute": "#566070",
    "faint": "#838a96",
    "rule": "#d3cfc4",
    "surf": "#f1efe8",
    "surf2": "#e6e3da",
    "sel": "#d5e9e6",
    "run": "#d5e9e6",
    "keys": "#006667",
    "amber": "#855400",
    "rust": "#9c3b1c",
    "t1": "#429c9c",
    "t2": "#258484",
    "t3": "#006667",
    "t4": "#004a4b",
    "press": "#006667",
    "on-press": "#ffffff",
}


def _own(name: str, background: str, colours: dict[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=colours["t3"],
        secondary=colours["t2"],
        accent=colours["t3"],
        foreground=colours["ink"],
        background=background,
        surface=colours["surf"],
        panel=colours["surf2"],
        success=colours["t3"],
        warning=colours["amber"],
        error=colours["rust"],
        dark=dark,
        variables={
            **colours,
            **_COMMON,
            "block-cursor-background": colours["sel"],
            "block-cursor-foreground": colours["ink"],
            "input-cursor-background": colours["ink"],
            "input-cursor-foreground": background,
            "input-selection-background": colours["sel"],
            "scrollbar": colours["rule"],
            "scrollbar-hover": colours["faint"],
            "scrollbar-active": colours["t2"],
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
        },
    )


THEMES = (
    _own(DARK, "#12161c", _DARK, dark=True),
    _own(LIGHT, "#fbfaf7", _LIGHT, dark=False),
)


def borrowed(theme: Theme) -> dict[str, str]:
    """Our colour names for a theme that does not define them, mixed from the colours that it has."""
    if theme.ansi:
        return _ansi(dark=theme.dark)
    system = theme.to_color_system().generate()
    try:
        ink, background = Color.parse(system["foreground"]), Color.parse(system["background"])
        primary = Color.parse(system["primary"])
        warning, error = Color.parse(system["warning"]), Color.parse(system["error"])
    except (ColorParseError, KeyError):
        return _DARK if theme.dark else _LIGHT

    def mix(colour: Color, share: float) -> str:
        return background.blend(colour, share, alpha=1).hex

    def readable(colour: Color, ratio: float) -> Color:
        """The colour, moved towards the text colour until it stands out from the background."""
        for step in range(11):
            mixed = colour.blend(ink, step / 10, alpha=1)
            if _contrast(mixed, background) >= ratio:
                return mixed
        return ink

    accent = readable(primary, 4.5)
    return {
        "ink": ink.hex,
        "soft": mix(ink, 0.85),
        "mute": readable(background.blend(ink, 0.65, alpha=1), 4.5).hex,
        "faint": readable(background.blend(ink, 0.45, alpha=1), 3).hex,
        "rule": mix(ink, 0.2),
        "surf": mix(ink, 0.06),
        "surf2": mix(ink, 0.12),
        "sel": mix(primary, 0.35),
        "run": mix(primary, 0.3),
        "keys": accent.hex,
        "amber": readable(warning, 4.5).hex,
        "rust": readable(error, 4.5).hex,
        "t1": readable(primary.blend(background, 0.4, alpha=1), 3).hex,
        "t2": readable(primary.blend(background, 0.2, alpha=1), 3).hex,
        "t3": accent.hex,
        "t4": accent.blend(ink, 0.5, alpha=1).hex,
        "press": primary.hex,
        "on-press": primary.get_contrast_text(1.0).hex,
    }


def _contrast(one: Color, other: Color) -> float:
    """Contrast ratio by WCAG 2, 1–21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ansi(*, dark: bool) -> dict[str, str]:
    """The terminal's own sixteen colours; the background stays the terminal's."""
    return {
        "ink": "ansi_default",
        "soft": "ansi_default",
        "mute": "ansi_white" if dark else "ansi_bright_black",
        "faint": "ansi_bright_black",
        "rule": "ansi_bright_black",
        "surf": "ansi_default",
        "surf2": "ansi_default",
        "sel": "ansi_blue" if dark else "ansi_bright_white",
        "run": "ansi_blue" if dark else "ansi_bright_white",
        "keys": "ansi_bright_cyan" if dark else "ansi_blue",
        "amber": "ansi_yellow" if dark else "ansi_red",
        "rust": "ansi_bright_red" if dark else "ansi_red",
        "t1": "ansi_cyan",
        "t2": "ansi_cyan",
        "t3": "ansi_bright_cyan" if dark else "ansi_blue",
        "t4": "ansi_bright_white" if dark else "ansi_black",
        "press": "ansi_cyan" if dark else "ansi_blue",
        "on-press": "ansi_black" if dark else "ansi_bright_white",
    }
