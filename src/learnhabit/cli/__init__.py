"""The command line: arguments in, one service call, lines out. Each group of commands is loaded when it is called."""

from __future__ import annotations

import gc
import os
import sys

from learnhabit import __version__
from learnhabit.errors import LearnhabitError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.cli.parser import Command
    from learnhabit.clock import Clock
    from learnhabit.services.workspace import Workspace

GROUPS = {
    "tracking": ("log", "start", "pause", "resume", "switch", "stop", "cancel"),
    "reading": ("status", "sessions", "topics"),
    "wording": ("today", "week", "year"),
    "editing": ("edit", "move", "split", "merge", "delete", "star", "undo", "redo"),
    "planning": ("cadence", "time-off"),
    "setting": ("settings",),
    "studying": ("next", "topic", "advice", "share"),
    "collecting": ("resource",),
    "resolving": ("resolve", "resolution"),
    "reviewing": ("review",),
    "summing": ("summary", "look-back"),
    "recalling": ("recall",),
    "reminding": ("remind",),
    "transferring": ("export", "import"),
    "doctoring": ("doctor",),
    "keeping": ("backup", "erase"),
    "completing": ("completion",),
}
"""Every command by the module that holds it, in the order in which help lists them."""

HEADINGS = {
    "log": ("tracking",),
    "look": ("reading", "wording"),
    "correct": ("editing",),
    "plan": ("planning", "setting"),
    "study": ("studying", "collecting"),
    "resolve": ("resolving", "reviewing", "summing"),
    "remember": ("recalling", "reminding"),
    "keep": ("transferring", "doctoring", "keeping", "completing"),
}
"""Under which headings help lists them."""

SMALL, QUICK = 32 << 20, 16 << 20
"""Bytes of a database up to which a command makes the backup that is due, and the app when it is left: about 50,000
sessions in less than half a second, and half of that. Larger ones are left to the open app and to the agent."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 could not, 2 not understood."""
    if arguments is None:
        # A command lives for some hundredths of a second and leaves nothing that would be worth collecting.
        gc.disable()
    given = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    try:
        return _run(given)
    except LearnhabitError as error:
        return _report(error, as_json="--json" in given)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("LEARNHABIT_DEBUG"):
            raise
        fault = LearnhabitError(
            f"Something is wrong in the program ({type(error).__name__}: {error})",
            "nothing that was saved before is lost. LEARNHABIT_DEBUG=1 shows where it happened",
        )
        return _report(fault, as_json="--json" in given)


def _prepare_streams() -> None:
    # A stream that was closed is None here; a terminal that can't show a character gets an escape, not a traceback.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the program
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def command_named(name: str) -> Command:
    """Load a command; UsageError when there is none of this name."""
    for group, names in GROUPS.items():
        if name in names:
            module = __import__(f"learnhabit.cli.{group}", fromlist=["COMMANDS"])
            command: Command = module.COMMANDS[name]
            return command
    raise UsageError(f"Unknown command “{name}”", _nearest(name))


def _run(given: list[str]) -> int:
    folder: str | None = None
    while given and given[0].startswith("-"):
        option = given.pop(0)
        if option in ("-h", "--help"):
            return _help()
        if option == "--version":
            from learnhabit.cli.output import say

            say(f"learnhabit {__version__}")
            return _write()
        if option == "--data-dir":
            folder = given.pop(0) if given else ""
        elif option.startswith("--data-dir="):
            folder = option.partition("=")[2]
        else:
            raise UsageError(f"Unknown option “{option}”", "learnhabit --help lists what there is")
        if not folder:
            raise UsageError("--data-dir needs a folder", "such as --data-dir ~/study")
    if not given:
        return _open_app(folder)
    name, *rest = given
    if name == "help":
        words = [word for word in rest if not word.startswith("-")]
        if not words:
            return _help()
        name, rest = words[0], ["--help"]
    command = command_named(name)
    from learnhabit.cli.parser import Parser

    parser = Parser(name, command)
    options = parser.read(rest)
    if options.help:
        from learnhabit.cli.output import say

        say(parser.format_help().rstrip())
        return _write()
    folder = options.data_dir or folder
    from learnhabit.cli.parser import FolderCommand
    from learnhabit.services.workspace import data_folder, open_workspace

    if isinstance(command, FolderCommand):
        code = command.run_on(os.path.abspath(folder) if folder else data_folder(), options)
        return _write() or code or 0
    with open_workspace(folder) as workspace:
        command.run(workspace, options)
        largest = None if workspace.looks_after else SMALL
        due = (workspace.looks_after or workspace.has_changed) and workspace.backup_is_due(largest)
    code = _write()
    if due:
        # Nobody waits for it: the answer is out.
        _back_up(workspace)
    return code


def _back_up_at_leaving(folder: str, clock: Clock) -> None:
    """Make the backup that is due when the app is left, if that takes no longer than a blink."""
    from learnhabit.services.workspace import open_workspace

    try:
        with open_workspace(folder, clock, make=False) as workspace:
            due = workspace.backup_is_due(QUICK)
    except LearnhabitError:
        # What is wrong was said in the app, or is said by the next command.
        return
    if due:
        _back_up(workspace)


def _back_up(workspace: Workspace) -> None:
    """Make the backup that is due. Without it all is done that was asked for, so that it fails is only a note."""
    try:
        from learnhabit.services.backups import backup_by_itself

        backup_by_itself(workspace.folder, workspace.clock)
    except KeyboardInterrupt:
        # Somebody wants to go on; what was asked for is done.
        pass
    except Exception as error:
        from learnhabit.cli.output import complain

        why = f"{error.title}: {error.hint}" if isinstance(error, LearnhabitError) else f"{error}"
        complain(f"learnhabit: note: no automatic backup was made; it is tried again later. {why}")


def _write() -> int:
    """Write what the command has to say, now that the data file is closed; the exit code."""
    from learnhabit.cli.output import silence, write_waiting

    try:
        write_waiting()
    except BrokenPipeError:
        # Whoever read the output has enough.
        silence(sys.stdout)
    except OSError as error:
        silence(sys.stdout)
        raise LearnhabitError(
            "The answer could not be written", f"{error.strerror}; what was asked for is done"
        ) from None
    return 0


def _open_app(folder: str | None) -> int:
    if sys.stdin.isatty() and sys.stdout.isatty():
        from learnhabit.clock import clock_from_environment
        from learnhabit.services.workspace import data_folder, open_workspace

        clock = clock_from_environment()
        folder = os.path.abspath(folder) if folder else data_folder()
        # A file that can't be opened is said here, in the terminal that the person looks at afterwards.
        with open_workspace(folder, clock):
            pass
        # Importing the app makes ten thousands of objects that stay; it turns the collector on again once it stands.
        gc.disable()
        from learnhabit.tui.app import run_app

        code = run_app(folder, clock)
        _back_up_at_leaving(folder, clock)
        return code
    from learnhabit.cli.output import complain

    complain("learnhabit: the app needs a terminal; this is today's status, and learnhabit today says more:")
    return _run([*(["--data-dir", folder] if folder else []), "status"])


def _report(error: LearnhabitError, *, as_json: bool) -> int:
    from learnhabit.cli.output import complain, drop_waiting, print_json, silence, write_waiting

    drop_waiting()
    if as_json:
        # A line that may mean several things says what it may mean, whole lines to choose from.
        choices = getattr(error, "choices", None)
        more = {} if choices is None else {"choices": list(choices)}
        print_json({"error": {"title": error.title, "hint": error.hint, **more}})
        try:
            write_waiting()
        except OSError:
            silence(sys.stdout)
    complain(f"learnhabit: {error.title}: {error.hint}")
    return error.exit_code


def _nearest(name: str) -> str:
    import difflib

    names = [each for group in GROUPS.values() for each in group]
    near = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}? learnhabit --help lists all" if near else "learnhabit --help lists all"


def _help() -> int:
    from learnhabit.cli.output import say

    say("learnhabit: make learning a habit\n")
    say("usage: learnhabit                       the app")
    say("       learnhabit COMMAND [options]     learnhabit COMMAND --help explains one\n")
    for heading, groups in HEADINGS.items():
        say(f"{heading}:")
        for name in (name for group in groups for name in GROUPS[group]):
            say(f"  {name:<10}  {command_named(name).about}")
        say("")
    say("options: --data-dir FOLDER, --version, --help")
    say("\nBegin with: learnhabit log 45m rag")
    return _write()
