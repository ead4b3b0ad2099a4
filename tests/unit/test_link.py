"""Links: what is kept, what is refused."""

from __future__ import annotations

import pytest

from learnhabit.domain.link import LONGEST, read_link
from learnhabit.errors import UsageError


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/abs/2106.09685",
        "http://localhost:8080",
        "HTTPS://Example.org/a?b=c&d=%20#e",
        "https://[::1]:8080/",
        "https://例え.jp/道",
        "https://a.b/~user/@handle",
    ],
)
def test_kept(link: str) -> None:
    assert read_link(f"  {link} ") == link


def test_none_is_none() -> None:
    assert read_link("  ") == ""


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.b",
        "arxiv.org/abs/1",
        "https://",
        "https:///path",
        "https://a b.org",
        "https://a.org/a b",
        "https://user:word@a.org",
        "https://paypal.com@evil.org",
        "https://a.org:99999999/",
        "https://a.org/\x1b[31m",
        "https://a.org/\u202egpj",
        "https://a.org\\@b.org",
        "https:\n//a.org",
        f"https://a.org/{'x' * LONGEST}",
    ],
)
def test_refused(link: str) -> None:
    with pytest.raises(UsageError):
        read_link(link)
