"""Immutable values, cheap to import."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self, dataclass_transform
else:

    def dataclass_transform(**_: object):
        """Do nothing at run time."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record:
    """An immutable value with named fields and no defaults.

    It behaves like a frozen, keyword-only dataclass without the import of `dataclasses`, which alone costs a hot
    command more than the bare interpreter. Type checkers see it as one. A record is not subclassed further.
    """

    def __init__(self, **values: Any) -> None:
        if values.keys() != type(self).__annotations__.keys():
            raise TypeError(
                f"{type(self).__name__} takes {', '.join(type(self).__annotations__)}, not {', '.join(values)}"
            )
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({fields})"

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed; an unknown field raises TypeError."""
        return type(self)(**{**self.__dict__, **changes})
