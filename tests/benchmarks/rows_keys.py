"""Row 7: what a key costs, against the least that Textual itself can do for one."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import NamedTuple

from tests.benchmarks import apps, places
from tests.benchmarks.bench import Bench
from tests.benchmarks.table import Line, judged
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.timing import Pair, interleaved, paired

KEY_BUDGET, TAB_BUDGET, GROWTH_BUDGET = 3.5, 1.3, 1.1
DIALOG_BUDGET = 3.5
"""Against a dialog of one label, since opening that alone takes Textual longer than a key may take: the table says."""
FORM_BUDGET = 1.0
"""Against a form of as many fields out of Textual's own widgets."""


class Key(NamedTuple):
    """A key of a screen, and what brings it back to where it was."""

    screen: str
    name: str
    turns: tuple[bytes, ...]
    """What is pressed, in turns."""
    back: bytes = b""
    before: bytes = b""
    disk: bool = False
    """It waits for the data file, to read or to write."""
    fields: int = 0
    """It opens a form with so many; those with fewer than four count as dialogs."""


CHANGE, ASK = Key("", "", (b"n",)), Key("", "", (b"m",), apps.ESC)
"""Of the bare app: its label's text, its dialog."""
FORMS = {number: Key("", "", (str(number).encode(),), apps.ESC) for number in (4, 7)}
"""Its forms, by the number of their fields."""
TURN = Key("", "", (b"\r",), b"3")
"""Of the bare card, the same keys as of ours: a field gives way to an answer."""
SCREENS = {
    "Today": b"1",
    "Log": b"2",
    "Resolutions": b"3",
    "Topics": b"4",
    "Reminders": b",,",
    "Year": b"6",
    "Recall": b"5",
}
"""By the key that opens them; last the one whose field takes every key."""
TABS = Key("", "tabs 1, 2", (b"2", b"1"))
KEYS = (
    Key("Today", "n", (b"n",)),
    Key("Today", "w", (b"w",), apps.ESC),
    Key("Today", "l", (b"l",), apps.ESC),
    Key("Today", "?", (b"?",), apps.ESC),
    Key("Resolutions", "down", (apps.DOWN,), apps.HOME),
    Key("Resolutions", "up", (apps.UP,), before=apps.DOWN),
    Key("Resolutions", "a", (b"a",), apps.ESC),
    Key("Resolutions", "w", (b"w",), apps.ESC),
    Key("Topics", "down", (apps.DOWN,), apps.HOME),
    Key("Topics", "up", (apps.UP,), before=apps.DOWN),
    Key("Topics", "page down", (apps.PAGE_DOWN,), apps.HOME),
    Key("Recall", "enter", (b"\r",), b"3"),
    Key("Recall", "3", (b"3",), before=b"\r", disk=True),
    Key("Reminders", "down", (apps.DOWN,), apps.HOME),
    Key("Reminders", "a", (b"a",), apps.ESC),
    Key("Year", "down", (apps.DOWN,), apps.HOME),
    Key("Year", "page down", (apps.PAGE_DOWN,), apps.HOME),
    Key("Year", "E", (b"E",), apps.ESC, fields=4),
    Key("Log", "down", (apps.DOWN,)),
    Key("Log", "up", (apps.UP,), before=apps.DOWN),
    Key("Log", "page down", (apps.PAGE_DOWN,), apps.HOME),
    Key("Log", "end", (apps.END,), apps.HOME, disk=True),
    Key("Log", "enter", (b"\r",), apps.ESC),
    Key("Log", "e", (b"e",), apps.ESC, fields=7),
)


class Presser:
    """Presses a key in an app again and again; gives the first frame's time and remembers the whole."""

    def __init__(self, app: Terminal, key: Key) -> None:
        self._app = app
        self._key = key
        self.wholes: list[float] = []

    def __call__(self) -> float:
        """Milliseconds from one press to the first frame that answers it."""
        key = self._key
        if key.before:
            self._app.send(key.before)
        taken = self._app.press(key.turns[len(self.wholes) % len(key.turns)])
        self.wholes.append(taken.whole)
        if key.back:
            self._app.send(key.back, apps.ESCAPE)
        return taken.first


class Peer(NamedTuple):
    """What a key is held against; without a budget only for comparison."""

    name: str
    press: Presser
    budget: float | None


def keys(bench: Bench) -> Iterator[Line]:
    """The tabs, and the main keys of every screen."""
    sizes = bench.between(10_000, 1_000_000)
    with ExitStack() as stack:
        homes = {size: stack.enter_context(places.home(size)) for size in dict.fromkeys((sizes[0], sizes[-1]))}
        label = apps.ready(stack, apps.bare(bench, "label"), apps.LABEL)
        programs = {
            size: apps.ready(stack, apps.app(bench, apps.quiet(bench, home)), apps.TODAY)
            for size, home in homes.items()
        }
        ratio = paired(Presser(label, CHANGE), Presser(label, ASK), bench.rounds(9, 17), None)
        yield judged("7", "bare dialog : bare label", ratio, None)
        card = apps.ready(stack, apps.bare(bench, "card"), apps.CARD)
        with apps.bare(bench, "modes") as modes:
            apps.rested(modes, apps.MODE, apps.SETTLE)
            yield from _measured(
                bench, TABS, programs, [Peer("bare app of two modes", Presser(modes, TABS), TAB_BUDGET)]
            )
        for screen, tab in SCREENS.items():
            for program in programs.values():
                program.send(tab, apps.ESCAPE)
            for key in KEYS:
                if key.screen == screen:
                    if key.turns == TURN.turns and key.back == TURN.back:
                        peer = Peer("bare card", Presser(card, TURN), KEY_BUDGET)
                    elif key.fields:
                        peer = Peer(f"bare form of {key.fields}", Presser(label, FORMS[key.fields]), FORM_BUDGET)
                    elif key.back == apps.ESC:
                        peer = Peer("bare dialog", Presser(label, ASK), DIALOG_BUDGET)
                    else:
                        # What is read from the disk or written to it before it is shown is more than a label has.
                        peer = Peer("bare label", Presser(label, CHANGE), None if key.disk else KEY_BUDGET)
                    yield from _measured(bench, key, programs, [peer])


def _measured(bench: Bench, key: Key, programs: dict[int, Terminal], peers: Sequence[Peer]) -> Iterator[Line]:
    """A key on the largest log against its peers, and against the smallest log."""
    small, large = min(programs), max(programs)
    pressers = {size: Presser(program, key) for size, program in programs.items()}
    if small != large:
        peers = [*peers, Peer(f"at {small:,}", pressers[small], GROWTH_BUDGET)]
    # The key itself in the middle, beside as many of its peers as can be.
    before, after = peers[: len(peers) // 2], peers[len(peers) // 2 :]
    order = [*(peer.press for peer in before), pressers[large], *(peer.press for peer in after)]
    pairs = [Pair(order.index(pressers[large]), order.index(peer.press), peer.budget) for peer in peers]
    ratios = interleaved(order, pairs, bench.rounds(9, 17))
    what = f"{key.screen}: {key.name}" if key.screen else key.name
    for peer, ratio in zip(peers, ratios, strict=True):
        line = judged("7", f"{what} at {large:,} : {peer.name}", ratio, peer.budget)
        if peer is peers[0]:
            line = replace(
                line, detail=f"{line.detail}; whole screen {statistics.median(pressers[large].wholes):.1f} ms"
            )
        yield line
