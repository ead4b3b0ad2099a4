"""The summary as PDF, made of the page; needs the extra `pdf`."""

from __future__ import annotations

from learnhabit.errors import LearnhabitError


def pdf(page: str) -> bytes:
    """The page on paper, tagged, with its texts for whoever can't see the charts.

    LearnhabitError without WeasyPrint, or without the libraries of the system that it calls.
    """
    try:
        from weasyprint import HTML
    except ImportError:
        raise _missing(
            "WeasyPrint is not installed: pipx inject learnhabit weasyprint, or from the copy"
            " uv tool install --force '.[pdf]', or in a venv pip install '.[pdf]'"
        ) from None
    except OSError as error:
        raise _missing(f"WeasyPrint finds no Pango ({str(error).splitlines()[0][:80]})") from None
    document = HTML(string=page, url_fetcher=_nothing, media_type="print")
    return bytes(document.write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1") or b"")


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    """The page asks for nothing; if it ever did, it would get nothing."""
    raise ValueError(f"{url} is not fetched")


def _missing(why: str) -> LearnhabitError:
    return LearnhabitError(
        "A PDF can't be made here", f"{why}. Or print the page: --format html, then print it from the browser"
    )
