"""How many customers a second are decided, by each way into Courtesy from Python, and what many cost by that.

Run by `scripts/python.sh --rates` on the customers of Olist, whose folder COURTESY_DATA names. Every rate is that of
one core, the best of three runs; Spark's is that of as many as it was given, without the start of its session.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

import courtesy

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = {"as_input": "customer", "now": "2018-10-18T00:00:00Z"}
CORES = 2


def best(run: Callable[[], int]) -> float:
    """Customers a second, the best of three runs; each must decide them all."""
    rates = []
    for _ in range(3):
        started = time.perf_counter()
        decided = run()
        rates.append(decided / (time.perf_counter() - started))
    return max(rates)


def say(what: str, rate: float, cores: int = 1) -> None:
    hours = 1e6 / (rate / cores) / 3600
    print(f"{what:<58} {rate:>9,.0f} a second  {hours:>7.3f} core hours a million  {hours * 1000:>7.0f} a billion")


def main() -> None:
    path = Path(os.environ.get("COURTESY_DATA", ROOT / ".." / "shared" / "data")) / "olist" / "customers.ndjson.gz"
    if not path.exists():
        print(f"skipped: no {path.name} of Olist (set COURTESY_DATA)")
        return
    with gzip.open(path) as file:
        lines = file.read().splitlines()
    package = courtesy.load(ROOT / "examples" / "olist")
    values = [json.loads(line) for line in lines]
    typed = pa.Table.from_pylist(values)
    texts = pa.table({"value": [line.decode() for line in lines]})
    batch = package.batch(**OPTIONS, jobs=1)  # type: ignore[arg-type]

    def records(given: list[object]) -> Callable[[], int]:
        return lambda: sum(answer.fits for answer in batch.apply(given))

    def rows(table: pa.Table, **shape: object) -> Callable[[], int]:
        def run() -> int:
            decided = batch.apply_arrow(table, **shape)  # type: ignore[arg-type]
            return int(decided["misfit"].null_count)

        return run

    size = sum(map(len, lines)) // len(lines)
    print(f"{len(lines):,} customers of {size:,} bytes of JSON, {len(package.policies)} policies")
    print(f"{platform.machine()}, Python {platform.python_version()}, Courtesy {courtesy.__version__}\n")
    say("apply, a list of dicts", best(records(list(values))))
    say("apply, lines of JSON", best(records(list(lines))))
    say("apply_arrow, typed columns, all columns of the answer", best(rows(typed)))
    say("apply_arrow, typed columns, `fired` and `misfit`", best(rows(typed, columns=["fired", "misfit"])))
    say("apply_arrow, a column of JSON, all columns", best(rows(texts, json_column="value")))
    on_spark(package, path, len(lines))


def on_spark(package: courtesy.Package, path: Path, count: int) -> None:
    try:
        from pyspark.sql import SparkSession

        import courtesy.spark
    except ImportError:
        print("Spark: skipped, there is no pyspark")
        return
    builder = SparkSession.builder.master(f"local[{CORES}]").config("spark.ui.enabled", "false")
    for name in ("spark.driver.host", "spark.driver.bindAddress"):
        builder = builder.config(name, "127.0.0.1")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    many = session.read.text([str(path)] * 8).repartition(CORES * 4).cache()
    assert many.count() == count * 8

    def run(columns: list[str] | None) -> Callable[[], int]:
        def decide() -> int:
            decided = courtesy.spark.decide(many, package, **OPTIONS, json_column="value", columns=columns)  # type: ignore[arg-type]
            decided.write.format("noop").mode("overwrite").save()
            return count * 8

        return decide

    run(["misfit"])()
    say(f"Spark, {CORES} cores, a column of JSON, all columns", best(run(None)), CORES)
    say(f"Spark, {CORES} cores, a column of JSON, `fired` and `misfit`", best(run(["fired", "misfit"])), CORES)
    session.stop()


if __name__ == "__main__":
    sys.exit(main())
