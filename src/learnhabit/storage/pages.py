"""A database file read page by page, without SQLite: for what SQLite refuses to read.

Whatever the bytes say is doubted: a number that leads out of its page, a chain that comes back to itself, a text that
is none. See the file format at sqlite.org/fileformat2.html.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"SQLite format 3\0"
USUAL_SIZE = 4096
"""Bytes of a page in every file that the program makes."""
INDEX_NODE, TABLE_NODE, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13
_NODES = (INDEX_NODE, TABLE_NODE)
_NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of a whole number by the kind that stands in the record's head."""

Value = int | float | str | bytes | None


class DamagedPageError(Exception):
    """Bytes that can't be what a page, a cell or a record is."""


class Pages:
    """The pages of one file, numbered from 1."""

    def __init__(self, content: bytes, size: int, reserved: int = 0) -> None:
        self.content = content
        self.size = size
        self.usable = size - reserved
        # A file that was cut within a page still has the beginning of that page.
        self.count = -(-len(content) // size)

    def kind(self, number: int) -> int:
        """What a page is, one of the four kinds; 0 for anything else."""
        if not 1 <= number <= self.count:
            return 0
        at = (number - 1) * self.size + (100 if number == 1 else 0)
        found = self.content[at] if at < len(self.content) else 0
        return found if found in (INDEX_NODE, TABLE_NODE, INDEX_LEAF, TABLE_LEAF) else 0

    def cells(self, number: int) -> Iterator[tuple[bytes, int]]:
        """(the page, where a cell begins in it) for each cell of a page; 0 where that is nowhere in the page."""
        page = self._page(number)
        begin = 100 if number == 1 else 0
        head = begin + (12 if page[begin] in _NODES else 8)
        number_of_cells = int.from_bytes(page[begin + 3 : begin + 5], "big")
        for at in range(head, min(head + 2 * number_of_cells, self.usable - 1), 2):
            cell = int.from_bytes(page[at : at + 2], "big")
            yield page, cell if head <= cell < self.usable else 0

    def children(self, number: int) -> list[int]:
        """The pages below an inner page, in order."""
        page = self._page(number)
        found = [int.from_bytes(page[cell : cell + 4], "big") if cell else 0 for _, cell in self.cells(number)]
        begin = 100 if number == 1 else 0
        return [*found, int.from_bytes(page[begin + 8 : begin + 12], "big")]

    def row(self, page: bytes, cell: int) -> tuple[int, list[Value]]:
        """(rowid, values) of a cell of a table's leaf; DamagedPageError when it is none."""
        _somewhere(cell)
        length, at = _varint(page, cell)
        rowid, at = _varint(page, at)
        return _signed(rowid), self._record(self._payload(page, at, length, self.usable - 35))

    def entry(self, page: bytes, cell: int, *, inner: bool) -> list[Value]:
        """The values of a cell of an index, those of an inner page included; the last is the row's rowid."""
        _somewhere(cell)
        length, at = _varint(page, cell + 4 if inner else cell)
        return self._record(self._payload(page, at, length, (self.usable - 12) * 64 // 255 - 23))

    def _page(self, number: int) -> bytes:
        page = self.content[(number - 1) * self.size : number * self.size]
        return page if len(page) == self.size else page.ljust(self.size, b"\0")

    def _payload(self, page: bytes, at: int, length: int, most: int) -> bytes:
        if length > len(self.content):
            raise DamagedPageError("longer than the file")
        local = length
        if length > most:
            least = (self.usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (self.usable - 4)
            local = local if local <= most else least
        if at + local > self.usable:
            raise DamagedPageError("beyond its page")
        data = page[at : at + local]
        if local == length:
            return data
        return data + self._chain(int.from_bytes(page[at + local : at + local + 4], "big"), length - local)

    def _chain(self, number: int, left: int) -> bytes:
        """What lies on further pages; they must be as many as it takes, and not one more."""
        parts, seen = [], set()
        while left:
            if not 2 <= number <= self.count or number in seen:
                raise DamagedPageError("the rest lies nowhere")
            seen.add(number)
            page = self._page(number)
            parts.append(page[4 : 4 + min(left, self.usable - 4)])
            left -= len(parts[-1])
            number = int.from_bytes(page[:4], "big")
        if number:
            raise DamagedPageError("the rest goes on")
        return b"".join(parts)

    def _record(self, data: bytes) -> list[Value]:
        head, at = _varint(data, 0)
        if not 1 <= head <= len(data):
            raise DamagedPageError("no record")
        values: list[Value] = []
        body = head
        while at < head:
            kind, at = _varint(data, at)
            value, body = self._value(data, kind, body)
            values.append(value)
        if at != head or body != len(data):
            raise DamagedPageError("a record of another length")
        return values

    def _value(self, data: bytes, kind: int, at: int) -> tuple[Value, int]:
        if kind >= 12:
            end = at + (kind - 12) // 2
            _within(end, data)
            part = data[at:end]
            return (part if kind % 2 == 0 else _text(part)), end
        if kind in _NUMBERS:
            end = at + _NUMBERS[kind]
            _within(end, data)
            return int.from_bytes(data[at:end], "big", signed=True), end
        if kind == 7:
            import struct

            _within(at + 8, data)
            return struct.unpack(">d", data[at : at + 8])[0], at + 8
        if kind in (0, 8, 9):
            return (None, 0, 1)[(0, 8, 9).index(kind)], at
        raise DamagedPageError("a value of no kind")


class Tree:
    """What can be reached of one table or index."""

    def __init__(self) -> None:
        self.leaves: list[int] = []
        self.nodes: list[int] = []
        self.broken = 0
        """Pages that should be there, and are something else or nowhere."""


def walk(pages: Pages, root: int, *, index: bool, taken: set[int]) -> Tree:
    """The pages below a root, in order; those in `taken` belong to others, and the new ones are added to it."""
    node, leaf = (INDEX_NODE, INDEX_LEAF) if index else (TABLE_NODE, TABLE_LEAF)
    tree, waiting = Tree(), [root]
    while waiting:
        number = waiting.pop()
        kind = pages.kind(number)
        if number in taken or kind not in (node, leaf):
            tree.broken += 1
            continue
        taken.add(number)
        if kind == leaf:
            tree.leaves.append(number)
        else:
            tree.nodes.append(number)
            waiting += reversed(pages.children(number))
    return tree


def _text(part: bytes) -> str:
    """A text; bytes that are none are replaced, and zeros, which no text may hold, are left out."""
    text = part.decode(errors="replace")
    return text.replace("\0", "") if "\0" in text else text


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """(a number of one to nine bytes, where it ends)."""
    value = 0
    try:
        for count in range(8):
            byte = data[at + count]
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value, at + count + 1
        return value << 8 | data[at + 8], at + 9
    except IndexError:
        raise DamagedPageError("a number without an end") from None


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def _somewhere(cell: int) -> None:
    if not cell:
        raise DamagedPageError("a cell that is nowhere")


def _within(end: int, data: bytes) -> None:
    if end > len(data):
        raise DamagedPageError("a value beyond its record")
