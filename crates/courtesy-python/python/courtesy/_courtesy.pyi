"""The part of Courtesy that is written in Rust."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, final

__version__: str

_Record: TypeAlias = str | bytes | bytearray | Mapping[str, Any] | Any
"""JSON as text, a dict, a dataclass, or another value that JSON is made of."""

_Moment: TypeAlias = str | datetime
"""An instant: RFC 3339 with an offset, or a `datetime` that has one."""

_Verdict: TypeAlias = Literal["allowed", "blocked", "limited"]

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> object: ...

@final
class Text:
    """A text of a decision, with what was inserted into it kept apart."""

    @property
    def segments(self) -> list[tuple[str, bool]]:
        """The parts in their order, each with whether it came from the record."""

    def escaped(self, escape: Callable[[str], str]) -> str:
        """The text with every part that came from the record passed through `escape`."""

    def __str__(self) -> str: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Decision:
    """What may be done, what must be, until when, and why. It is read like a dict."""

    fits: Literal[True]

    def to_json(self, *, pretty: bool = False) -> str:
        """The bytes that `courtesy apply` writes for this case; with `pretty` those of `courtesy decide`."""

    def json(self) -> str:
        """The same as `to_json()`."""

    def to_text(self) -> str:
        """The decision for people."""

    def to_dict(self) -> dict[str, Any]:
        """The decision as dicts and lists, numbers as `int` or `Decimal`; a new one each time."""

    @property
    def fired(self) -> list[str]:
        """The titles of the policies that fired, as the summary of `apply` counts them."""

    def verdict(self, id: str) -> _Verdict:
        """What became of the proposal of that id; `KeyError` where there is none."""

    def text(self, id: str, field: str) -> Text | None:
        """The text of a field of the duty of that id, with what came from the record kept apart."""

    def because(self, id: str) -> list[Text]:
        """The reasons of the proposal or duty of that id, with what came from the record kept apart."""

    def __getitem__(self, key: str, /) -> Any: ...
    def __contains__(self, key: object, /) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def keys(self) -> Iterable[str]: ...
    def values(self) -> Iterable[Any]: ...
    def items(self) -> Iterable[tuple[str, Any]]: ...
    def get(self, key: str, default: Any = None) -> Any: ...
    def __copy__(self) -> Decision: ...
    def __deepcopy__(self, _memo: dict[int, Any], /) -> Decision: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Quarantined:
    """A record that does not fit: which, where inside it, and why."""

    fits: Literal[False]

    @property
    def line(self) -> int:
        """Which of the records it is, from 1; blank lines count."""

    @property
    def code(self) -> str:
        """What is wrong, in a form that never changes."""

    @property
    def path(self) -> str:
        """Where inside the record."""

    @property
    def message(self) -> str:
        """What is wrong in words, without the content of a private field."""

    @property
    def record(self) -> Any:
        """The record as it was given."""

    def to_json(self) -> str:
        """The line of a quarantine file, without its end."""

@final
class Applied:
    """An iterator over what becomes of records, in their order."""

    def __iter__(self) -> Applied: ...
    def __next__(self) -> Decision | Quarantined: ...
    @property
    def summary(self) -> dict[str, Any]:
        """The counts of what was handed out so far, as `courtesy apply --summary` writes them."""

@final
class Batch:
    """What is the same for many records, read once. It keeps nothing between them."""

    def apply(self, records: Iterable[_Record]) -> Applied:
        """Decides records: an iterator over a `Decision` or a `Quarantined` for each."""

    def apply_arrow(
        self,
        data: _ArrowStream | _ArrowArray,
        *,
        json_column: str | None = None,
        keep: Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
    ) -> Any:
        """Decides the rows of Arrow data: a row of columns for each, in order.

        Of a `pyarrow.RecordBatch` the answer is one, of a `Table` and all else that has the stream interface a `Table`.
        `json_column` names a column that holds each record as JSON; without it the columns are the fields of the
        record. `keep` names columns of the data that stand in the answer too, `columns` those of the answer.
        """

@final
class Package:
    """A checked package of policies."""

    def decide(
        self, case: _Record, *, now: _Moment | None = None, inputs: Mapping[str, Any] | None = None
    ) -> Decision:
        """Decides one case. `now` and `inputs` are for what the case does not name itself.

        Raises `MisfitError` where the case does not fit.
        """

    def explain(
        self,
        case: _Record,
        *,
        full: bool = False,
        now: _Moment | None = None,
        inputs: Mapping[str, Any] | None = None,
    ) -> str:
        """Decides one case, and says in words why: how each policy came out, with `full` what every condition saw."""

    def decide_many(
        self,
        cases: Iterable[_Record],
        *,
        now: _Moment | None = None,
        inputs: Mapping[str, Any] | None = None,
        jobs: int | None = None,
    ) -> list[Decision]:
        """Decides whole cases, all of which fit; else raises a `MisfitError` whose `index` says which does not."""

    def apply(
        self,
        records: Iterable[_Record],
        *,
        as_input: str | None = None,
        now: _Moment | None = None,
        inputs: Mapping[str, Any] | None = None,
        propose: Sequence[Mapping[str, Any]] | str | bytes | None = None,
        jobs: int | None = None,
    ) -> Applied:
        """Decides records as `courtesy apply` does: `--as`, `--now`, `--input`, `--propose`, `--jobs`."""

    def batch(
        self,
        *,
        as_input: str | None = None,
        now: _Moment | None = None,
        inputs: Mapping[str, Any] | None = None,
        propose: Sequence[Mapping[str, Any]] | str | bytes | None = None,
        jobs: int | None = None,
    ) -> Batch:
        """Reads once what is the same for many records."""

    @property
    def fingerprint(self) -> str:
        """What the package is known by: the same for packages that mean the same."""

    @property
    def policies(self) -> list[str]:
        """The titles of the policies, sorted."""

    @property
    def inputs(self) -> list[str]:
        """The names of the inputs, in the order in which the files declare them."""

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What is doubtful in the package, a dict each."""

    @property
    def sources(self) -> dict[str, bytes]:
        """The files: names and bytes."""

def load(path: str | PathLike[str] | Iterable[str | PathLike[str]]) -> Package:
    """Loads the package of a folder, or of a list of files. Raises `CheckError` where it has errors."""

def from_sources(sources: dict[str, str] | dict[str, bytes] | dict[str, str | bytes]) -> Package:
    """Checks files that are given by name. Raises `CheckError` where they have errors."""
