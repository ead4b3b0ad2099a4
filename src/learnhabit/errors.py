"""The one root of every error a person may see."""


class LearnhabitError(Exception):
    """Something that was understood and can't be done; nothing was changed.

    `title` says what is wrong in a few words, `hint` why and what to do. The command line exits with `exit_code`.
    """

    exit_code = 1

    def __init__(self, title: str, hint: str) -> None:
        super().__init__(f"{title}: {hint}")
        self.title = title
        self.hint = hint


class UsageError(LearnhabitError):
    """Words that were not understood: a duration, a date, a topic, an option."""

    exit_code = 2
