"""The only place that reads the time and the zone."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta, timezone

from learnhabit.domain.study_day import resolve_wall
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_UTC = timezone.utc  # noqa: UP017 - `datetime.UTC` is the same object, looked up here once
_EPOCH = datetime(1970, 1, 1)


class Clock:
    """Now, and the way between instants and wall clocks, by the system's zone.

    Instants are whole epoch seconds (UTC). No zoneinfo: the C library knows the zone already, and a hot command can't
    afford the import.
    """

    def now(self) -> int:
        """The current instant."""
        return int(time.time())

    def milliseconds(self) -> int:
        """The current instant in milliseconds, for ids."""
        return int(time.time() * 1000)

    def offset_at(self, instant: int) -> int:
        """Offset of local time from UTC at an instant, in seconds."""
        return time.localtime(instant).tm_gmtoff

    def local(self, instant: int) -> datetime:
        """The wall clock at an instant, aware, with the offset in force then."""
        offset = timezone(timedelta(seconds=self.offset_at(instant)))
        return (_EPOCH + timedelta(seconds=instant)).replace(tzinfo=_UTC).astimezone(offset)

    def resolve(self, wall: datetime) -> int:
        """The instant of a naive wall clock: the first of two, or the end of the gap it falls into."""
        return resolve_wall(wall, self.offset_at)

    def zone(self, instant: int) -> str:
        """The zone's IANA name, or its offset such as `+01:00` where it has none."""
        return zone_name(os.environ) or self._offset_name(instant)

    def boot(self) -> tuple[str, int | None]:
        """(id of this boot, seconds since then with sleep counted); ("", None) where the system does not say."""
        try:
            with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
                return file.read().strip(), int(time.clock_gettime(time.CLOCK_BOOTTIME))
        except (OSError, AttributeError):
            return "", None

    def _offset_name(self, instant: int) -> str:
        minutes = self.offset_at(instant) // 60
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


class FrozenClock(Clock):
    """A clock that stands still at an aware moment, so that any report can be reproduced.

    The moment's offset gives now's wall clock; other wall times follow `TZ` if `zoned`, else that offset.
    """

    def __init__(self, moment: datetime, *, zoned: bool = False) -> None:
        offset = moment.utcoffset()
        if offset is None:
            raise ValueError("a frozen moment needs an offset")
        self._offset = int(offset.total_seconds())
        self._now = int(moment.timestamp() // 1)
        self._zoned = zoned

    def now(self) -> int:
        return self._now

    def milliseconds(self) -> int:
        return self._now * 1000

    def offset_at(self, instant: int) -> int:
        if not self._zoned or instant == self._now:
            return self._offset
        return super().offset_at(instant)

    def resolve(self, wall: datetime) -> int:
        if wall == _EPOCH + timedelta(seconds=self._now + self._offset):
            return self._now
        return super().resolve(wall)

    def zone(self, instant: int) -> str:
        return super().zone(instant) if self._zoned else self._offset_name(instant)

    def boot(self) -> tuple[str, int | None]:
        return "", None


def zone_name(environment: Mapping[str, str]) -> str:
    """The IANA name of the local zone: `TZ` if it names a zone file (it may be a rule), else `/etc/localtime`'s."""
    name = environment.get("TZ", "").removeprefix(":")
    if name:
        known = ".." not in name and not name.startswith("/") and os.path.isfile(f"/usr/share/zoneinfo/{name}")
        return name if known else ""
    try:
        return os.readlink("/etc/localtime").partition("zoneinfo/")[2]
    except OSError:
        return ""


def clock_from_environment(environment: Mapping[str, str] = os.environ) -> Clock:
    """The system's clock, or the one that `LEARNHABIT_NOW` freezes; UsageError when that is no instant."""
    text = environment.get("LEARNHABIT_NOW", "")
    if not text:
        return Clock()
    try:
        moment = datetime.fromisoformat(text)
        if not 1971 <= moment.year <= 8999:
            raise ValueError("out of the reach of dates")
        return FrozenClock(moment, zoned=bool(environment.get("TZ")))
    except (ValueError, OverflowError):
        raise UsageError(
            "LEARNHABIT_NOW is not an instant",
            f"“{text}” should be ISO 8601 with an offset, such as 2026-11-23T20:40:00+01:00",
        ) from None
