"""Arrow data in and out: the same answers as from JSON, no digit lost, and what does not fit beside what does."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pandas
import pyarrow as pa
import pytest

import courtesy
from conftest import NOW, ROOT, corpus, customer, misfit_line

AT = dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.timezone.utc)
UPSELL = [{"id": "zoom", "action": "upsell", "with": {"title": "Zoom"}}]
COLUMNS = ["decision", "proposals", "duties", "withheld", "reported", "conflicts", "fired", "misfit", "record"]
NOTHING = pa.array([[]], pa.list_(pa.struct([("paid", pa.float64()), ("at", pa.string())])))


def batch(shop: courtesy.Package, **options: Any) -> courtesy.Batch:
    return shop.batch(as_input="customer", now=NOW, **options)


def person(**columns: pa.Array) -> pa.RecordBatch:
    """One customer, whose columns may be given."""
    plain = {"id": pa.array(["amir"]), "tier": pa.array(["vip"]), "purchases": NOTHING}
    return pa.RecordBatch.from_pydict({**plain, **columns})


def answer(shop: courtesy.Package, **columns: pa.Array) -> dict[str, Any]:
    rows: list[dict[str, Any]] = batch(shop).apply_arrow(person(**columns)).to_pylist()
    (row,) = rows
    return row


def told(shop: courtesy.Package, **columns: pa.Array) -> dict[str, Any]:
    row = answer(shop, **columns)
    assert row["misfit"] is None, row["misfit"]
    duty = next(duty for duty in row["duties"] if duty["action"] == "tell")
    said: dict[str, Any] = json.loads(duty["with"], parse_float=Decimal)
    return said


def bought(paid: pa.Array, at: pa.Array | None = None) -> pa.Array:
    moments = pa.array([AT], pa.timestamp("us", "UTC")) if at is None else at
    items = pa.StructArray.from_arrays([paid, moments], names=["paid", "at"])
    return pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), items)


def test_the_corpus_in_a_column_of_json_has_the_bytes_of_the_command() -> None:
    cases = defaultdict(list)
    for _, path, text, expected in corpus():
        cases[path].append((text, expected))
    for path, of_package in cases.items():
        texts = pa.table({"case": [text for text, _ in of_package]})
        rows = courtesy.load(ROOT / path).batch().apply_arrow(texts, json_column="case").to_pylist()
        lines = [row["decision"] or misfit_line(**row["misfit"]) for row in rows]
        assert lines == [expected for _, expected in of_package]
        assert [row["record"] for row in rows] == [text if row["misfit"] else None for (text, _), row in zip(of_package, rows)]


def test_the_corpus_in_typed_columns_has_the_bytes_of_the_command() -> None:
    """Each case as a row whose columns are its `now`, `inputs` and `proposals`, floats for numbers with a point."""
    compared = 0
    for name, path, text, expected in corpus():
        case = json.loads(text)
        try:
            rows = pa.Table.from_pylist([case])
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            continue  # a list whose values are of several types, which no column holds
        if rows.to_pylist() != [case] or "18 digits" in name:
            continue  # records of one list with other keys, which a column fills with nulls
        (row,) = courtesy.load(ROOT / path).batch().apply_arrow(rows).to_pylist()
        assert (row["decision"] or misfit_line(**row["misfit"])) == expected, name
        compared += 1
    assert compared >= 30, compared


def test_a_batch_gives_a_batch_and_a_table_a_table(shop: courtesy.Package) -> None:
    rows = person()
    assert isinstance(batch(shop).apply_arrow(rows), pa.RecordBatch)
    table = batch(shop).apply_arrow(pa.Table.from_batches([rows, rows]))
    assert isinstance(table, pa.Table)
    assert table.column_names == COLUMNS
    assert table.num_rows == 2
    reader = pa.RecordBatchReader.from_batches(rows.schema, [rows])
    assert batch(shop).apply_arrow(reader).num_rows == 1
    assert batch(shop).apply_arrow(rows.schema.empty_table()).schema == table.schema
    table.validate(full=True)


def test_columns_are_those_of_the_decision(shop: courtesy.Package) -> None:
    floats = pa.array([149.99])
    row = batch(shop, propose=UPSELL).apply_arrow(person(purchases=bought(floats))).to_pylist()[0]
    record = customer(purchases=[{"paid": "149.99", "at": "2026-11-01T09:30:00Z"}])
    (same,) = shop.apply([record], as_input="customer", now=NOW, propose=UPSELL)
    assert isinstance(same, courtesy.Decision)
    assert row["decision"] == same.json()
    assert row["fired"] == same.fired
    decision = json.loads(same.json())
    assert [{**proposal, "rank": None, "score": None} for proposal in decision["proposals"]] == row["proposals"]
    (duty,) = row["duties"]
    assert json.loads(duty["with"]) == decision["duties"][0]["with"]
    assert (duty["id"], duty["action"], duty["reasons"][0]["policy"]) == ("duty 1", "tell", "Tell what is known")
    assert (row["withheld"], row["reported"], row["conflicts"], row["misfit"], row["record"]) == ([], [], [], None, None)


def test_only_what_is_asked_for_is_given(shop: courtesy.Package) -> None:
    rows = batch(shop).apply_arrow(person(), keep=["tier", "id"], columns=["misfit", "fired"])
    assert rows.schema.names == ["tier", "id", "misfit", "fired"]
    assert rows.to_pylist() == [{"tier": "vip", "id": "amir", "misfit": None, "fired": ["Tell what is known"]}]
    with pytest.raises(ValueError, match="there is no column \"fire\""):
        batch(shop).apply_arrow(person(), columns=["fire"])
    with pytest.raises(KeyError, match="the data has no column"):
        batch(shop).apply_arrow(person(), keep=["nothing"])
    with pytest.raises(ValueError, match="two columns of the answer"):
        batch(shop).apply_arrow(person(), keep=["id", "id"])
    with pytest.raises(ValueError, match="two columns of the answer"):
        batch(shop).apply_arrow(person(record=pa.array(["x"])), keep=["record"])


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (pa.array([0.1], pa.float32()), "0.10"),
        (pa.array([0.1]), "0.10"),
        (pa.array([1e-7]), "0.0000001"),
        (pa.array([7], pa.int8()), "7.00"),
        (pa.array([2**63], pa.uint64()).cast(pa.string()), None),
        (pa.array([10**17], pa.uint64()), "100000000000000000.00"),
        (pa.array([Decimal("149.990")], pa.decimal128(10, 3)), "149.99"),
        (pa.array([Decimal("-0.05")], pa.decimal128(10, 2)), "-0.05"),
        (pa.array([Decimal("123456789012345678.123456789")], pa.decimal128(38, 9)), "123456789012345678.123456789"),
        (pa.array([Decimal("123456789012345678.123456789")], pa.decimal256(60, 9)), "123456789012345678.123456789"),
        (pa.array([Decimal("1200")], pa.decimal128(10, -2)), "1200.00"),
        (pa.array([Decimal("1.5")], pa.decimal32(5, 1)), "1.50"),
        (pa.array(["149.99"]), "149.99"),
        (pa.array(["149.99"], pa.large_string()), "149.99"),
        (pa.array(["149.99"], pa.string_view()), "149.99"),
        (pa.array(["149.99"]).dictionary_encode(), "149.99"),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)
def test_amounts_are_exact(shop: courtesy.Package, amount: pa.Array, expected: str | None) -> None:
    row = answer(shop, purchases=bought(amount))
    if expected is None:
        assert row["misfit"]["code"] == "bad-number"
        return
    assert told(shop, purchases=bought(amount))["paid"]["amount"] == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.1 + 0.2])
def test_floats_that_say_nothing_do_not_fit(shop: courtesy.Package, value: float) -> None:
    row = answer(shop, purchases=bought(pa.array([value])))
    assert row["misfit"]["path"] == "$.purchases[0].paid"
    assert row["misfit"]["code"] == ("bad-number" if value == 0.1 + 0.2 else "not-json")
    assert row["decision"] is None and row["duties"] is None and row["fired"] is None


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "+05:45"])
def test_a_timestamp_with_a_zone_is_its_instant(shop: courtesy.Package, unit: str, zone: str) -> None:
    moments = pa.array([AT], pa.timestamp(unit, zone))
    rows = batch(shop, propose=UPSELL).apply_arrow(person(purchases=bought(pa.array([1]), moments))).to_pylist()
    assert rows[0]["proposals"][0]["until"] == "2026-12-01T09:30:00Z"


def test_a_timestamp_without_a_zone_does_not_fit(shop: courtesy.Package) -> None:
    moments = pa.array([AT.replace(tzinfo=None)], pa.timestamp("us"))
    row = answer(shop, purchases=bought(pa.array([1]), moments))
    assert row["misfit"]["code"] == "bad-date-time"
    assert "the offset is missing" in row["misfit"]["message"]


def test_dates_times_and_spans(shop: courtesy.Package) -> None:
    for kind in (pa.date32(), pa.date64()):
        assert told(shop, born=pa.array([dt.date(2000, 2, 29)], kind))["born"] == "2000-02-29"
    fitting = {
        "opens": [pa.time32("s"), pa.time32("ms"), pa.time64("us"), pa.time64("ns")],
        "wait": [pa.duration("s"), pa.duration("ms"), pa.duration("us"), pa.duration("ns")],
    }
    for kind in fitting["opens"]:
        assert answer(shop, opens=pa.array([dt.time(9, 30)], kind))["misfit"] is None
    for kind in fitting["wait"]:
        assert answer(shop, wait=pa.array([dt.timedelta(days=-1, seconds=5)], kind))["misfit"] is None
    extremes = [
        ("born", pa.array([2**31 - 1], pa.int32()).cast(pa.date32()), "bad-date"),
        ("born", pa.array([-(2**31)], pa.int32()).cast(pa.date32()), "bad-date"),
        ("opens", pa.array([2**62], pa.int64()).view(pa.time64("us")), "bad-time"),
        ("opens", pa.array([-1], pa.int64()).view(pa.time64("ns")), "bad-time"),
        ("wait", pa.array([2**63 - 1], pa.int64()).view(pa.duration("s")), "bad-duration"),
    ]
    for name, column, code in extremes:
        assert answer(shop, **{name: column})["misfit"]["code"] == code
    far = pa.array([2**62], pa.int64()).view(pa.timestamp("s", "UTC"))
    assert answer(shop, purchases=bought(pa.array([1]), far))["misfit"]["code"] == "bad-date-time"


def test_null_is_unknown(shop: courtesy.Package) -> None:
    assert answer(shop, name=pa.nulls(1), born=pa.array([None], pa.date32()))["misfit"] is None
    row = answer(shop, tier=pa.array([None], pa.string()))
    assert (row["misfit"]["code"], row["misfit"]["path"]) == ("missing-field", "$.tier")
    row = answer(shop, purchases=pa.array([None], NOTHING.type))
    assert row["misfit"]["path"] == "$.purchases"


def test_lists_records_and_maps_of_all_kinds(shop: courtesy.Package) -> None:
    items = pa.StructArray.from_arrays([pa.array([1.5]), pa.array([AT], pa.timestamp("us", "UTC"))], names=["paid", "at"])
    large = pa.LargeListArray.from_arrays(pa.array([0, 1], pa.int64()), items)
    fixed = pa.FixedSizeListArray.from_arrays(items, 1)
    maps = pa.array([[("id", "amir"), ("tier", "vip")]], pa.map_(pa.string(), pa.string()))
    for purchases in (large, fixed):
        assert told(shop, purchases=purchases)["paid"]["amount"] == "1.50"
    rows = pa.RecordBatch.from_pydict(
        {"now": [NOW], "inputs": pa.array([[("customer", "x")]], pa.map_(pa.string(), pa.string()))}
    )
    (row,) = shop.batch().apply_arrow(rows).to_pylist()
    assert row["misfit"]["path"] == "$.inputs.customer" and row["misfit"]["code"] == "wrong-type"
    assert answer(shop, other=maps)["misfit"] is None
    twice = pa.array([[("a", "x"), ("a", "y")]], pa.map_(pa.string(), pa.string()))
    (row,) = shop.batch().apply_arrow(pa.RecordBatch.from_pydict({"now": [NOW], "inputs": twice})).to_pylist()
    assert row["misfit"] is not None


@pytest.mark.parametrize(
    "column",
    [
        pa.array([b"\xff"]),
        pa.array([(1, 2, 3)], pa.month_day_nano_interval()),
        pa.array([1.0], pa.float16()),
        pa.array([[("a", 1)]], pa.map_(pa.binary(), pa.int64())),
        pa.array([{"inside": [b"x"]}]),
    ],
    ids=lambda column: str(column.type),
)
def test_types_without_a_form_in_json_are_refused_before_any_row(shop: courtesy.Package, column: pa.Array) -> None:
    with pytest.raises(TypeError, match=r"the column `other.*` holds .* leave it out"):
        answer(shop, other=column)


def test_what_is_too_deep_is_refused(shop: courtesy.Package) -> None:
    deep = pa.array(["x"])
    for _ in range(100):
        deep = pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), deep)
    with pytest.raises(TypeError, match="the column `other` has more than 64 lists"):
        answer(shop, other=deep)


def test_what_is_no_text_gets_an_answer(shop: courtesy.Package) -> None:
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff"))
    rows = person(name=broken)
    for data in (rows, pa.Table.from_batches([rows])):
        with pytest.raises((ValueError, pa.ArrowException)):
            batch(shop).apply_arrow(data)


def test_what_is_no_arrow_data_is_refused(shop: courtesy.Package) -> None:
    for nothing in (None, 5, [customer()], {}, object()):
        with pytest.raises(TypeError, match="pyarrow Table or RecordBatch"):
            batch(shop).apply_arrow(nothing)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        batch(shop).apply_arrow(pa.array([1]))
    with pytest.raises(TypeError, match="apply_arrow"):
        shop.apply(person(), now=NOW)
    with pytest.raises(TypeError, match="must hold text"):
        batch(shop).apply_arrow(person(), json_column="purchases")
    with pytest.raises(KeyError):
        batch(shop).apply_arrow(person(), json_column="nothing")


def test_columns_of_one_name_are_a_key_that_stands_twice(shop: courtesy.Package) -> None:
    rows = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["id", "id"])
    (row,) = batch(shop).apply_arrow(rows).to_pylist()
    assert row["misfit"]["code"] == "duplicate-key"


def test_many_rows_stay_in_order_on_any_number_of_threads(shop: courtesy.Package) -> None:
    count = 40_000
    ids = pa.array([str(number) for number in range(count)])
    tiers = pa.array(["vip" if number % 7 else "gilt" for number in range(count)])
    offsets = pa.array([0] * (count + 1), pa.int32())
    purchases = pa.ListArray.from_arrays(offsets, NOTHING.values)
    table = pa.table({"id": ids, "tier": tiers, "purchases": purchases})
    answers = [batch(shop, jobs=jobs).apply_arrow(table, keep=["id"], columns=["decision", "misfit"]) for jobs in (1, 3)]
    assert answers[0] == answers[1]
    assert answers[0]["id"].to_pylist() == ids.to_pylist()
    misfits = [misfit is not None for misfit in answers[0]["misfit"].to_pylist()]
    assert misfits == [number % 7 == 0 for number in range(count)]
    sliced = table.slice(12_345, 10)
    assert batch(shop).apply_arrow(sliced, keep=["id"])["id"].to_pylist() == ids.to_pylist()[12_345:12_355]


def test_dictionaries_may_be_empty_or_hold_null(shop: courtesy.Package) -> None:
    none = pa.DictionaryArray.from_arrays(pa.array([None], pa.int32()), pa.array([], pa.string()))
    null = pa.DictionaryArray.from_arrays(pa.array([0], pa.int32()), pa.array([None], pa.string()))
    for column in (none, null):
        assert answer(shop, name=column)["misfit"] is None
        row = answer(shop, tier=column)
        assert (row["misfit"]["code"], row["misfit"]["path"]) == ("missing-field", "$.tier")
    assert batch(shop).apply_arrow(pa.table({"tier": none}).slice(0, 0)).num_rows == 0


def test_a_frame_of_pandas_goes_by_arrow(shop: courtesy.Package) -> None:
    frame = pandas.DataFrame(
        {"id": ["a", "b"], "tier": pandas.Categorical(["vip", "silver"]), "purchases": [[], []], "points": [1.5, None]}
    )
    rows = batch(shop).apply_arrow(pa.Table.from_pandas(frame, preserve_index=False))
    assert rows["misfit"].null_count == 2
    assert rows.to_pandas()["fired"].map(list).tolist() == [["Tell what is known"], []]
