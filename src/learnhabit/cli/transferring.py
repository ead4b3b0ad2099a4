"""Everything out as one file, and back in."""

from __future__ import annotations

import sys

from learnhabit.cli.output import print_json, say, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.services.transferring import Brought
    from learnhabit.services.workspace import Workspace


def _export_options(parser: Parser) -> None:
    parser.add_argument("--force", action="store_true", help="over a file that exists")


def _export(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.transferring import export, export_pieces, words_for

    (path,) = options.words
    if path == "-":
        rows: dict[str, int] = {}
        # An import takes UTF-8 alone, and what another encoding can't hold would be no JSON: ASCII is good for all.
        plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        say(b"".join(export_pieces(workspace, rows, ascii_only=plain)).decode().rstrip("\n"))
        return
    done = export(workspace, path, force=options.force)
    if options.json:
        print_json({"written": done.path, "rows": done.rows})
    else:
        say(f"Written: {done.path} ({words_for(done.entered)})")


def _import_options(parser: Parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would come, and change nothing")
    parser.add_argument("--bring-back", action="store_true", help="take what was deleted here, too")
    parser.add_argument("--csv", action="store_true", help="a table: date, start, duration, topic, note, tags")
    parser.add_argument("--topic-map", metavar="A=B", action="append", help="--csv: the file's A means the topic B")
    parser.add_argument("--create-topics", action="store_true", help="--csv: add the topics that there are not")


def _import(workspace: Workspace, options: Namespace) -> None:
    (path,) = options.words
    if options.csv:
        if options.bring_back:
            raise UsageError("--bring-back is for exports", "a table holds nothing that could have been deleted")
        from learnhabit.services.table_import import import_table

        done = import_table(
            workspace,
            path,
            topic_map=options.topic_map or (),
            create_topics=options.create_topics,
            dry_run=options.dry_run,
        )
    else:
        if options.topic_map is not None or options.create_topics:
            raise UsageError("--topic-map and --create-topics are for tables", "add --csv, or leave them out")
        from learnhabit.services.transferring import import_file

        done = import_file(workspace, path, dry_run=options.dry_run, revive=options.bring_back)
    warn(workspace.warnings)
    if options.json:
        print_json(
            {
                **done.totals,
                "dry_run": options.dry_run,
                "tables": {
                    "added": done.added,
                    "changed": done.changed,
                    "unchanged": done.unchanged,
                },
                "reasons": [{"table": table, "reason": reason, "rows": rows} for table, reason, rows in done.skipped],
            }
        )
        return
    _tell(done, rehearsed=options.dry_run)


def _tell(done: Brought, *, rehearsed: bool) -> None:
    """What came, in words."""
    from learnhabit.services.transferring import NAMES, words_for

    would = "Would be " if rehearsed else ""
    for name, counts in (("added", done.added), ("changed", done.changed), ("unchanged", done.unchanged)):
        if sum(counts.values()):
            said = f"{would}{name}" if name != "unchanged" else name
            say(f"{said[0].upper()}{said[1:]}: {words_for(counts, most=len(NAMES))}")
    for table, reason, rows in done.skipped:
        say(f"Skipped: {rows:,} {NAMES[table][rows != 1]}: {reason}")
    if any(reason == "deleted here" for _, reason, _ in done.skipped):
        say("         --bring-back takes what was deleted here, too")
    if not done.totals["added"] and not done.totals["changed"]:
        say("Nothing new: all of it is here already." if not done.skipped else "Nothing else is new.")
    elif rehearsed:
        say("Nothing was changed: this was a dry run.")
    else:
        say("learnhabit undo takes it back")


COMMANDS = {
    "export": Command(
        _export,
        "write everything to one file; - for the standard output",
        words="FILE",
        least=1,
        most=1,
        options=_export_options,
        example="learnhabit export learnhabit.json",
    ),
    "import": Command(
        _import,
        "bring in what export wrote, or a table of sessions",
        words="FILE",
        least=1,
        most=1,
        options=_import_options,
        example="learnhabit import learnhabit.json --dry-run",
    ),
}
