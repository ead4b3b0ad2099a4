"""config.toml: read, written, and named with line and column when it is not valid."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnhabit.config import DEFAULT, LARGEST, read_config, write_config
from learnhabit.errors import LearnhabitError


def config(folder: Path, content: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_missing_or_empty_file_is_the_default(tmp_path: Path) -> None:
    assert read_config(str(tmp_path)) == DEFAULT
    config(tmp_path, "")
    assert read_config(str(tmp_path)) == DEFAULT


def test_a_key_is_remembered_and_the_rest_stays(tmp_path: Path) -> None:
    path = config(tmp_path, '# mine\ntheme = "old" # kept\nmotion = "reduced"\n')
    write_config(str(tmp_path), ("theme",), "paper")
    write_config(str(tmp_path), ("motion",), None)
    write_config(str(tmp_path), ("motion",), None)
    assert read_config(str(tmp_path)) == DEFAULT.replace(theme="paper")
    assert path.read_text() == '# mine\ntheme = "paper" # kept\n'
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[keys]\n"timer.start" = "b"\n'),
        ('[keys] # mine\n"app.undo" = "f9"\n', '[keys] # mine\n"app.undo" = "f9"\n"timer.start" = "b"\n'),
        ("[keys]\ntimer.start = 'S' # mine\n", '[keys]\ntimer.start = "b" # mine\n'),
        ('theme = "nord"\n', 'theme = "nord"\n\n[keys]\n"timer.start" = "b"\n'),
    ],
)
def test_keys_are_written_beside_what_is_there(tmp_path: Path, before: str, after: str) -> None:
    path = config(tmp_path, before)
    write_config(str(tmp_path), ("keys", "timer.start"), "b")
    assert path.read_text() == after
    found = [each for each in read_config(str(tmp_path)).keys if each.action == "timer.start"]
    assert [(each.keys, path.read_text().splitlines()[each.line - 1][-3:]) for each in found] == [
        ("b", after.splitlines()[found[0].line - 1][-3:])
    ]
    write_config(str(tmp_path), ("keys", "timer.start"), None)
    assert not [each for each in read_config(str(tmp_path)).keys if each.action == "timer.start"]


def test_a_linked_file_stays_linked(tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles"
    elsewhere.write_text("# shared\n")
    (tmp_path / "config.toml").symlink_to(elsewhere)
    write_config(str(tmp_path), ("theme",), "nord")
    assert (tmp_path / "config.toml").is_symlink()
    assert elsewhere.read_text() == '# shared\ntheme = "nord"\n'


BROKEN = [
    (b"theme = ", "line 1, column 9: "),
    (b'motion = "full"\ntheme = "nord\n', "line 2, column 14: "),
    (b'[keys]\n"timer.start" = \n', "line 2, column 17: "),
    (b'theme = "a"\ntheme = "b"', "line 2, column 12: "),
    ("# \u00e4\n\u00e4 = ".encode() + b"\xff", "line 2, column 5: this is no UTF-8 text"),
    (b'theme = "a\0b"', "line 1, column 11: "),
    (b"a = " + b"[" * 5000, "column"),
    (b"a = " + b"9" * 5000, "too large"),
    (b"#" * (LARGEST + 1), "65,537 bytes"),
]


@pytest.mark.parametrize(("content", "said"), BROKEN)
def test_a_broken_file_is_named_with_its_place_and_never_overwritten(tmp_path: Path, content: bytes, said: str) -> None:
    path = config(tmp_path, content)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: read_config(str(tmp_path)),
        lambda: write_config(str(tmp_path), ("theme",), "nord"),
        lambda: write_config(str(tmp_path), ("keys", "app.undo"), "b"),
    )
    for deed in deeds:
        with pytest.raises(LearnhabitError) as caught:
            deed()
        assert said in caught.value.hint
        assert str(path) in caught.value.hint
        assert "\n" not in f"{caught.value.title}{caught.value.hint}"
    assert path.read_bytes() == content


def test_what_is_no_file_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    for kind in ("folder", "pipe"):
        if kind == "folder":
            path.mkdir()
        else:
            path.rmdir()
            os.mkfifo(path)
        with pytest.raises(LearnhabitError, match="is no file"):
            read_config(str(tmp_path))
        with pytest.raises(LearnhabitError, match="was not changed"):
            write_config(str(tmp_path), ("theme",), "nord")
    path.unlink()
    path.write_text("")
    path.chmod(0)
    if not os.access(path, os.R_OK):
        with pytest.raises(LearnhabitError, match="can't be read"):
            read_config(str(tmp_path))


def test_what_can_not_be_used_is_noted_and_the_rest_holds(tmp_path: Path) -> None:
    config(tmp_path, '\ufefftheme = 3\r\nmotion = "none"\r\ncolour = "red"\r\n[keys]\r\n"app.undo" = "f9"\r\n')
    found = read_config(str(tmp_path))
    assert (found.theme, found.motion) == ("", "full")
    assert [(each.action, each.keys, each.line) for each in found.keys] == [("app.undo", "f9", 5)]
    said = " | ".join(found.notes)
    assert all(part in said for part in ("line 1: a theme", "line 2: motion", "line 3: “colour” means nothing"))
    config(tmp_path, 'keys = "b"')
    assert "line 1: keys is a table" in read_config(str(tmp_path)).notes[0]


@pytest.mark.parametrize(
    "text",
    ['[keys]\n\n"timer.start" = ["b", "f9"]', "[ keys ]\n\ntimer . 'start' = 'b'", '[keys.timer]\n\nstart = "b"',
     'keys.timer.start = "b"', 'keys = { "timer.start" = "b" }'],
)  # fmt: skip
def test_an_action_may_be_written_in_every_way_of_the_language(tmp_path: Path, text: str) -> None:
    config(tmp_path, text)
    (entry,) = read_config(str(tmp_path)).keys
    assert entry.action == "timer.start"
    assert entry.line == len(text.splitlines())


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(LearnhabitError, match="was not changed"):
        write_config(str(tmp_path / "gone"), ("theme",), "nord")


def test_a_table_of_thousands_is_read_at_once(tmp_path: Path) -> None:
    lines = [f'a{number} = "b"' for number in range(4500)]
    config(tmp_path, "\n".join(["[keys]", *lines]))
    found = read_config(str(tmp_path)).keys
    assert [each.line for each in found] == list(range(2, 4502))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="[]{}=\"'.,#\n\\ab3 -\x00\u00e9", max_size=60) | st.binary(max_size=40))
def test_whatever_is_in_the_file_is_understood_or_refused_and_kept(content: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = config(Path(folder), content)
        before = path.read_bytes()
        try:
            read_config(folder)
        except LearnhabitError:
            with pytest.raises(LearnhabitError):
                write_config(folder, ("keys", "app.undo"), "b")
            assert path.read_bytes() == before
            return
        try:
            write_config(folder, ("keys", "app.undo"), "b")
        except LearnhabitError:
            assert path.read_bytes() == before
        else:
            assert ("app.undo", "b") in [(each.action, each.keys) for each in read_config(folder).keys]
