"""Keys of one's own: how they are written, which can hold beside the others, and what is said of those that can't."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key

from learnhabit.domain.keymap import KeyEntry, fit, read_key, read_keys, written
from learnhabit.errors import UsageError
from learnhabit.tui.keymap import collected

ACTIONS, PLACES = collected()


def held(**wanted: object) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """(the keys that hold, what is said of the others); `__` stands for the dot of an id."""
    entries = [
        KeyEntry(action=name.replace("__", "."), keys=keys, line=line)
        for line, (name, keys) in enumerate(wanted.items(), start=1)
    ]
    keys, refused = fit(entries, ACTIONS, PLACES)
    return keys, {entry.action: why for entry, why in refused}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(("S", "S"), ("s", "s"), ("?", "question_mark"), ("question_mark", "question_mark"), (" b ", "b")),
        *(("^t", "ctrl+t"), ("Ctrl+T", "ctrl+t"), ("ctrl+shift+left", "ctrl+shift+left"), ("shift+a", "A")),
        *(("F5", "f5"), ("space", "space"), ("esc", "escape"), ("PgUp", "pageup"), ("+", "plus")),
        *(("ctrl++", "ctrl+plus"), ("é", "é"), ("alt+x", "alt+x"), ("comma", "comma"), (",", "comma")),
    ],
)  # fmt: skip
def test_keys_are_read(text: str, key: str) -> None:
    assert read_key(text) == key
    assert read_key(written(key)) == key


@pytest.mark.parametrize(
    "text", ["", "foo", "f25", "f0", "ctrl", "ctrl+", "strg+s", "ab", "ctrl+i", "ctrl+m", "^[", "shift+?", "\x1b", "\n"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_key(text)
    assert caught.value.hint


def test_signs_have_the_names_that_the_terminal_gives_them() -> None:
    for char in map(chr, range(33, 127)):
        assert read_key(char) == _character_to_key(char)


def test_several_keys_are_read_from_a_text_or_a_list() -> None:
    assert read_keys("b, f9 ,comma") == read_keys(("b", "f9", ",")) == ("b", "f9", "comma")
    for wrong in ("", " ", (), 3, (3,), True, None, ("b", "foo")):
        with pytest.raises(UsageError, match="key"):
            read_keys(wrong)


def test_the_program_itself_needs_no_keymap() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    usual = {action.id: ",".join(map(written, action.keys)) for action in ACTIONS}
    # Every action may be given the keys that it has; but for one, which has another key in one list only.
    refused = {
        name for name, keys in usual.items() if fit([KeyEntry(action=name, keys=keys, line=1)], ACTIONS, PLACES)[1]
    }
    assert refused == {"list.home"}


def test_a_key_goes_to_what_it_is_asked_for() -> None:
    assert held(app__undo="b, f9") == ({"app.undo": ("b", "f9")}, {})
    # What is done everywhere and on a screen with one key goes together.
    keys, said = held(timer__start="b")
    assert keys == dict.fromkeys(("timer.start", "today.start", "topic.start", "resolution.start"), ("b",))
    assert not said
    # Two change places.
    keys, said = held(timer__start="l", session__log="s")
    assert (keys["timer.start"], keys["session.log"], said) == (("l",), ("s",), {})
    # One screen's key may be another screen's.
    assert held(session__move="T")[1] == {}


def test_ways_out_stay() -> None:
    assert held(confirm__yes="b")[0]["confirm.yes"] == ("b", "enter")
    assert held(list__down="n")[0]["list.down"] == ("n", "down")
    assert held(dialog__close="f4")[0]["dialog.close"] == ("f4", "escape")


@pytest.mark.parametrize(
    ("action", "keys", "why"),
    [
        ("timer.strt", "b", "did you mean timer.start?"),
        ("zzzz", "b", "learnhabit settings keys lists them"),
        ("app.undo", "foo", "“foo” is no key"),
        ("app.undo", "", "no key"),
        ("app.undo", 3, "“3” is no key"),
        ("app.undo", "ctrl+c", "keeps what it does"),
        ("app.undo", "enter", "keeps what it does"),
        ("app.undo", "tab", "keeps what it does"),
        ("app.undo", "ctrl+i", "can't be told from tab"),
        ("app.undo", "l", "l is taken: session.log has it"),
        ("app.undo", "?", "? is taken: app.help has it"),
        ("app.undo", "d", "d is taken: session.delete has it (on Log)"),
        ("app.undo", "ctrl+q", "ctrl+q is taken: app.quit has it"),
        ("session.move", "l", "l is taken: session.log has it (on Log)"),
        ("timer.start", "S", "S is taken: session.split has it (on Log)"),
        ("app.palette", "k", "could not be typed any more"),
        ("app.quit", "ctrl+s", "ctrl+s is taken"),
        ("fields.save", "s", "is typed there"),
        ("fields.save", "ctrl+w", "a field's own key"),
        ("stop.card", "ctrl+o", "ctrl+o is taken: stop.pause has it (in the dialog stop)"),
        ("reminder.add", "j", "j is taken: list.down has it (on Reminders)"),
    ],
)
def test_what_can_not_hold_is_said_and_left_out(action: str, keys: object, why: str) -> None:
    found, said = held(**{"app.why": "b", action: keys})
    assert why in said[action]
    assert action not in found
    assert found["app.why"] == ("b",)


def test_of_two_that_want_one_key_the_first_has_it() -> None:
    keys, said = held(app__undo="b", app__redo="b")
    assert keys == {"app.undo": ("b",)}
    assert "app.undo has it" in said["app.redo"]


def test_one_that_is_left_out_takes_its_own_key_back() -> None:
    # `l` would be free only if session.log could have `enter`.
    keys, said = held(app__undo="l", session__log="enter")
    assert keys == {}
    assert set(said) == {"app.undo", "session.log"}
