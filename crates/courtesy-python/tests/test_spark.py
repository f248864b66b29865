"""Spark, in a session of its own on this machine: the answers of the command, as rows of a DataFrame."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import courtesy
from conftest import NOW, ROOT, SHOP, corpus, customer, misfit_line

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
OLIST_NOW = "2018-10-18T00:00:00Z"
UPSELL = [{"id": "zoom", "action": "upsell", "with": {"title": "Zoom"}}]

if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java on this machine (Spark needs Java 17)", allow_module_level=True)

from pyspark.errors import PythonException  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

import courtesy.spark as spark_host  # noqa: E402


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    builder = SparkSession.builder.master("local[2]").appName("courtesy")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "America/New_York",
        "spark.sql.shuffle.partitions": "2",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def shop_() -> courtesy.Package:
    return courtesy.from_sources({"shop.courtesy": SHOP})


def test_the_corpus_has_the_bytes_of_the_command(spark: SparkSession) -> None:
    cases = defaultdict(list)
    for _, path, text, expected in corpus():
        cases[path].append((text, expected))
    for path, of_package in cases.items():
        rows = [(place, text) for place, (text, _) in enumerate(of_package)]
        df = spark.createDataFrame(rows, "place int, case string")
        package = courtesy.load(ROOT / path)
        decided = spark_host.decide(df, package, json_column="case", keep=["place"], columns=["decision", "misfit", "record"])
        got = {row["place"]: row["decision"] or misfit_line(**row["misfit"].asDict()) for row in decided.collect()}
        assert [got[place] for place, _ in rows] == [expected for _, expected in of_package], path


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_counts_of_olist_are_those_of_apply(spark: SparkSession, olist_records: Path, form: str) -> None:
    package = courtesy.load(ROOT / "examples" / "olist")
    propose = [{"action": "upsell", "with": {"product_id": "x", "price": "10.00"}}]
    options: dict[str, Any] = {"as_input": "customer", "now": OLIST_NOW, "propose": propose}
    df = spark.read.load(str(olist_records), format=form).repartition(4)
    shape = {"json_column": "value"} if form == "text" else {"keep": ["id"]}
    decided = spark_host.decide(df, package, **options, **shape)

    with gzip.open(olist_records) as lines:
        applied = package.apply(lines, **options)
        decisions = sorted(answer.to_json() for answer in applied)
    assert spark_host.summary(decided, package) == applied.summary
    assert sorted(row["decision"] for row in decided.select("decision").collect()) == decisions
    counted = json.loads((ROOT / "examples" / "counts.json").read_text())["olist"]["policies"]
    assert {title: count["fired"] for title, count in applied.summary["policies"].items()} == counted


def test_what_does_not_fit_is_rows_too(spark: SparkSession, shop_: courtesy.Package) -> None:
    people = [customer(id="a"), customer(id="b", tier="gilt"), customer(id="c", purchases=[{"paid": "x", "at": NOW}])]
    df = spark.createDataFrame([(person["id"], json.dumps(person)) for person in people], "id string, value string")
    decided = spark_host.decide(df, shop_, as_input="customer", now=NOW, propose=UPSELL, json_column="value", keep=["id"])
    left = sorted(spark_host.quarantine(decided).collect())
    assert [(row["id"], row["code"], row["path"]) for row in left] == [
        ("b", "unknown-choice", "$.tier"),
        ("c", "bad-number", "$.purchases[0].paid"),
    ]
    assert json.loads(left[0]["record"]) == people[1]
    (row,) = spark_host.decisions(decided).collect()
    assert row["id"] == "a" and row["proposals"][0]["verdict"] == "allowed"
    assert set(row.asDict()) == {"id", *spark_host.COLUMNS} - {"misfit", "record"}
    assert spark_host.summary(decided, shop_) == {
        "records": 3,
        "decided": 1,
        "quarantined": 2,
        "actions": {"upsell": {"allowed": 1, "blocked": 0, "limited": 0}},
        "duties": {"tell": 1},
        "policies": {"Greet by name": {"fired": 0}, "Never upsell within 30 days": {"fired": 0}, "Tell what is known": {"fired": 1}},
    }


def test_typed_columns_are_exact_in_any_session(spark: SparkSession, shop_: courtesy.Package) -> None:
    kind = "id string, tier string, born date, purchases array<struct<paid: decimal(20,3), at: timestamp>>"
    at = dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.timezone.utc)
    df = spark.createDataFrame([("a", "vip", dt.date(2000, 2, 29), [(Decimal("149.990"), at)])], kind)
    now = dt.datetime(2026, 11, 23, 10, tzinfo=dt.timezone.utc)
    (row,) = spark_host.decide(df, shop_, as_input="customer", now=now, propose=UPSELL).collect()
    record = customer(id="a", born="2000-02-29", purchases=[{"paid": "149.99", "at": "2026-11-01T09:30:00Z"}])
    (same,) = shop_.apply([record], as_input="customer", now=NOW, propose=UPSELL)
    assert isinstance(same, courtesy.Decision)
    assert row["decision"] == same.json()


def test_a_worker_makes_one_engine_for_all_its_partitions(spark: SparkSession, shop_: courtesy.Package) -> None:
    people = [json.dumps(customer(id=str(number))) for number in range(200)]
    df = spark.createDataFrame([(person,) for person in people], "value string").repartition(20)
    plan = "process long, engines long"

    def engines_of_worker(batches: Any) -> Any:
        import pyarrow as pa

        for _ in batches:
            made = {"process": [os.getpid()], "engines": [len(courtesy.spark._batches)]}
            yield pa.RecordBatch.from_pydict(made)

    before = {row["process"]: row["engines"] for row in df.mapInArrow(engines_of_worker, plan).collect()}
    decided = spark_host.decide(df, shop_, as_input="customer", now="2026-11-23T10:00:01Z", json_column="value")
    assert decided.count() == 200
    after = {row["process"]: row["engines"] for row in df.mapInArrow(engines_of_worker, plan).collect()}
    grown = {process: engines - before.get(process, 0) for process, engines in after.items()}
    assert set(grown.values()) <= {0, 1} and 1 in grown.values(), (before, after)


def test_what_is_wrong_with_the_options_is_said_on_the_driver(spark: SparkSession, shop_: courtesy.Package) -> None:
    df = spark.createDataFrame([("a",)], "value string")
    with pytest.raises(courtesy.MisfitError, match="missing-now"):
        spark_host.decide(df, shop_, as_input="customer")
    with pytest.raises(courtesy.MisfitError, match="did you mean `customer`"):
        spark_host.decide(df, shop_, as_input="custmer", now=NOW)
    with pytest.raises(KeyError, match="no column"):
        spark_host.decide(df, shop_, as_input="customer", now=NOW, json_column="values")
    with pytest.raises(ValueError, match="no column"):
        spark_host.decide(df, shop_, as_input="customer", now=NOW, columns=["decisions"])


def test_a_column_without_a_form_in_json_names_itself(spark: SparkSession, shop_: courtesy.Package) -> None:
    df = spark.createDataFrame([(b"x",)], "id binary")
    with pytest.raises(PythonException, match="the column `id` holds Binary"):
        spark_host.decide(df, shop_, as_input="customer", now=NOW).collect()
