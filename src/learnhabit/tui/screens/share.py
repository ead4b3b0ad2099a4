"""Sharing: a takeaway or the week as plain text, to the clipboard or to a file."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from learnhabit.services.sharing import Shareable, save_text, shareables
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, KEY, MUTE, SOFT, STRONG, pressable, row
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.asking import AskDialog
from learnhabit.tui.screens.reading import ReadingDialog
from learnhabit.tui.widgets.press import Press

TALLEST = 12


class ShareDialog(ReadingDialog):
    """Shows the text that would be taken along; nothing is sent from here."""

    HELP = (
        "A takeaway or your week as plain text, to send to somebody who learns with you. enter copies it, f saves it "
        "to a file, left and right choose what to share. The app sends nothing: where the text goes is up to you."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "copy", "Copy", id="share.copy", tooltip="Put the text on the clipboard"),
        Binding("f", "save", "Save to a file", id="share.file", tooltip="Write the text to a new file"),
        Binding("right,n", "turn(1)", "Next", id="share.next", show=False, tooltip="An earlier takeaway"),
        Binding("left,b", "back", "Back", id="share.back", show=False, tooltip="A later one, or the week"),
    ]

    def __init__(self, found: tuple[Shareable, ...]) -> None:
        super().__init__()
        self._found = found
        # The latest takeaway first: a week is told once, a takeaway each day.
        self._at = min(1, len(found) - 1)

    @property
    def _shown(self) -> Shareable:
        return self._found[self._at]

    def headline(self) -> Content:
        """What it is about."""
        return row(("Share with a fellow learner", STRONG))

    def compose_body(self) -> ComposeResult:
        """What is chosen, and its text."""
        yield Static(self._text(), id="shared")

    def _text(self) -> Content:
        width = self.room - 1
        place = row((f"  {self._at + 1} of {len(self._found)}", MUTE))
        title = row(safe_text.elided(self._shown.title, width - place.cell_length, SOFT), place)
        lines = safe_text.wrapped(self._shown.text, width, "$ink")
        return Content("\n").join([title, EMPTY, *lines, *[EMPTY] * (TALLEST - len(lines))])

    def note(self) -> Content:
        """How to choose."""
        return row(
            row(("←", KEY)).stylize("@click=screen.back"),
            pressable("→", "choose", "screen.turn(1)"),
            "  ",
            pressable(named("share.file", "f"), "file", "screen.save"),
        )

    def buttons(self) -> list[Press]:
        """Close, or copy."""
        return [Press("Close", "esc", "close"), Press("Copy", "enter", "copy", main=True)]

    def action_turn(self, by: int) -> None:
        """Show another one."""
        self._at = (self._at + by) % len(self._found)
        self.query_one("#shared", Static).update(self._text())

    def action_back(self) -> None:
        """Show the one before."""
        self.action_turn(-1)

    def action_copy(self) -> None:
        """Put it on the clipboard."""
        self.app.copy_to_clipboard(safe_text.plain_block(self._shown.text))
        safe_text.toast(self.app, "Copied as plain text; paste it where your study partner reads it")
        self.dismiss(None)

    def action_save(self) -> None:
        """Ask for a name, and write it."""
        text = self._shown.text

        def deed(_: Workspace, path: str) -> str:
            return save_text(path, text)

        def done(path: str) -> None:
            self.app.post_message(Done(f"Saved {path}"))

        name = "week.txt" if self._at == 0 else "takeaway.txt"
        self.app.push_screen(
            AskDialog("Save to a file", self._shown.title, "File", f"~/{name}", "a new file", deed, done), self._left
        )

    def _left(self, saved: Any) -> None:
        if saved is not None:
            self.dismiss(None)


def share(screen: Any) -> None:
    """Read what there is to share, and show it."""
    from learnhabit.tui.messages import Found, ReadFailed
    from learnhabit.tui.working import read

    def found(values: tuple[Shareable, ...]) -> None:
        screen.app.push_screen(ShareDialog(values))

    read(screen, "share", shareables, lambda values: Found(values, found), ReadFailed)
