"""Decisions past one machine: Spark hands batches of rows to its workers, each of which has one engine.

`decide` is a step like any other in a plan: nothing runs before its answer is asked for. Rows stay Arrow data from
end to end, and the engine is made once in each Python worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, DataType, LongType, StringType, StructField, StructType

import courtesy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from courtesy import Batch, Package


def _record(*names: str, **others: DataType) -> StructType:
    texts = [StructField(name, StringType()) for name in names]
    return StructType(texts + [StructField(name, kind) for name, kind in others.items()])


_REASONS = ArrayType(_record("policy", "because"))
_DUTY = ("id", "action", "with", "on", "by", "score")
_PROPOSAL = StructType(
    [
        *_record("id", "action", "verdict", "until"),
        StructField("rank", LongType()),
        StructField("score", StringType()),
        StructField("reasons", _REASONS),
    ]
)
_COLUMNS: dict[str, DataType] = {
    "decision": StringType(),
    "proposals": ArrayType(_PROPOSAL),
    "duties": ArrayType(_record(*_DUTY, reasons=_REASONS)),
    "withheld": ArrayType(_record(*_DUTY, "verdict", "until", reasons=_REASONS)),
    "reported": ArrayType(_record("policy", "would", "on", "with", "because")),
    "conflicts": ArrayType(_record("action", "on", "kept", "dropped")),
    "fired": ArrayType(StringType()),
    "misfit": _record("code", "path", "message"),
    "record": StringType(),
}

#: The columns of an answer, in their order.
COLUMNS = tuple(_COLUMNS)

#: What `summary` needs of the columns.
_COUNTED = ("proposals", "duties", "fired", "misfit")

#: The batches of this process, each with the engine that it decides by, and how many are kept.
_batches: dict[tuple[str, str], Batch] = {}
_KEPT = 16


class _Plan:
    """What a worker needs to decide: it travels as the files of the package and a few plain values."""

    def __init__(self, package: Package, options: dict[str, Any], shape: dict[str, Any]) -> None:
        self.fingerprint = package.fingerprint
        self.sources = package.sources
        self.options = options
        self.shape = shape

    def batch(self) -> Batch:
        """The batch of this process, made when it is first asked for."""
        key = (self.fingerprint, repr(sorted(self.options.items())))
        if key not in _batches:
            if len(_batches) >= _KEPT:
                _batches.clear()
            package = courtesy.from_sources(self.sources)
            _batches[key] = package.batch(**self.options)
        return _batches[key]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        batch = self.batch()
        for rows in batches:
            yield batch.apply_arrow(rows, **self.shape)


def decide(
    df: DataFrame,
    package: Package,
    *,
    as_input: str | None = None,
    now: str | datetime | None = None,
    inputs: Mapping[str, Any] | None = None,
    propose: Sequence[Mapping[str, Any]] | str | None = None,
    json_column: str | None = None,
    keep: Sequence[str] = (),
    columns: Sequence[str] | None = None,
) -> DataFrame:
    """Decides the rows of a DataFrame: a row for each, in which `misfit` says why it does not fit, if it does not.

    The options are those of `Package.apply` and `Batch.apply_arrow`. What is wrong with them is raised here, on the
    driver, before any row is read. `now` is the same for all rows, also for those that are tried again.
    """
    if isinstance(now, datetime):
        now = now.isoformat()
    options: dict[str, Any] = {"as_input": as_input, "now": now, "inputs": inputs, "propose": propose}
    names = list(_COLUMNS if columns is None else columns)
    shape: dict[str, Any] = {"json_column": json_column, "keep": list(keep), "columns": names}
    given = pa.schema([(field.name, pa.string()) for field in df.schema])
    package.batch(**options).apply_arrow(given.empty_table(), **shape)
    kept = [df.schema[name] for name in keep]
    answer = StructType(kept + [StructField(name, _COLUMNS[name]) for name in names])
    plan = _Plan(package, {**options, "jobs": 1}, shape)
    return df.mapInArrow(plan, answer)


def quarantine(decided: DataFrame) -> DataFrame:
    """The rows that do not fit: what was kept of them, `code`, `path`, `message`, and the record as JSON."""
    kept = [name for name in decided.columns if name not in _COLUMNS]
    misfit = [F.col("misfit")[name].alias(name) for name in ("code", "path", "message")]
    record = ["record"] if "record" in decided.columns else []
    return decided.where("misfit is not null").select(*kept, *misfit, *record)


def decisions(decided: DataFrame) -> DataFrame:
    """The rows that fit, without the columns that are about the others."""
    return decided.where("misfit is null").drop("misfit", "record")


def summary(decided: DataFrame, package: Package) -> dict[str, Any]:
    """The counts that `courtesy apply --summary` writes; the columns of `decided` are read once."""
    parts = decided.select(*_COUNTED)
    counted = F.concat(
        F.array(F.struct(F.when(F.col("misfit").isNull(), "decided").otherwise("quarantined").alias("what"), *_names())),
        _each("proposals", "actions", "action", "verdict"),
        _each("duties", "duties", "action"),
        F.transform(
            F.coalesce("fired", F.array()),
            lambda title: F.struct(F.lit("policies").alias("what"), title.alias("name"), F.lit("").alias("verdict")),
        ),
    )
    rows = parts.select(F.explode(counted).alias("seen")).groupBy("seen.what", "seen.name", "seen.verdict").count().collect()
    counts = {(row["what"], row["name"], row["verdict"]): row["count"] for row in rows}
    done, left = (counts.get((what, "", ""), 0) for what in ("decided", "quarantined"))
    actions: dict[str, dict[str, int]] = {}
    for (what, name, verdict), count in sorted(counts.items()):
        if what == "actions":
            actions.setdefault(name, {"allowed": 0, "blocked": 0, "limited": 0})[verdict] = count
    duties = {name: count for (what, name, _), count in sorted(counts.items()) if what == "duties"}
    policies = {title: {"fired": counts.get(("policies", title, ""), 0)} for title in package.policies}
    return {
        "records": done + left,
        "decided": done,
        "quarantined": left,
        "actions": actions,
        "duties": duties,
        "policies": policies,
    }


def _names() -> list[Any]:
    return [F.lit("").alias("name"), F.lit("").alias("verdict")]


def _each(column: str, what: str, name: str, verdict: str | None = None) -> Any:
    """A struct to be counted for each record of a column."""
    return F.transform(
        F.coalesce(column, F.array()),
        lambda item: F.struct(
            F.lit(what).alias("what"),
            item[name].alias("name"),
            (item[verdict] if verdict else F.lit("")).alias("verdict"),
        ),
    )
