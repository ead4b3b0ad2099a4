"""config.toml: read, written, and named when it is not valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from learnhabit.config import DEFAULT, Config, read_config, write_theme
from learnhabit.errors import LearnhabitError


def test_a_missing_file_is_the_default(tmp_path: Path) -> None:
    assert read_config(str(tmp_path)) == DEFAULT


def test_a_theme_is_remembered_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\nother = 3 # kept\ntheme = "old"\n')
    write_theme(str(tmp_path), "paper")
    assert read_config(str(tmp_path)) == Config(theme="paper")
    assert path.read_text() == '# mine\nother = 3 # kept\ntheme = "paper"\n'
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"theme = ", b"theme = 3", b"\xff", b'theme = "a"\ntheme = "b"'])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(LearnhabitError) as caught:
        read_config(str(tmp_path))
    assert str(path) in caught.value.hint


def test_a_broken_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("theme = ")
    with pytest.raises(LearnhabitError, match="not remembered"):
        write_theme(str(tmp_path), "paper")
    assert path.read_text() == "theme = "


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(LearnhabitError, match="not remembered"):
        write_theme(str(tmp_path / "gone"), "paper")
