"""Many records: decisions and quarantine, as the command has them."""

from __future__ import annotations

import gzip
import io
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import courtesy
from conftest import NOW, ROOT, customer

UPSELL = [{"id": "zoom", "action": "upsell", "with": {"title": "Zoom"}}]
OLIST_NOW = "2018-10-18T00:00:00Z"


def test_records_in_are_decisions_and_quarantined(shop: courtesy.Package) -> None:
    records = [customer(id="a"), customer(tier="gilt"), '{"id":', customer(points=math.nan), {}, json.dumps(customer(id="b"))]
    applied = shop.apply(records, as_input="customer", now=NOW, propose=UPSELL)
    answers = list(applied)
    assert [answer.fits for answer in answers] == [True, False, False, False, False, True]
    left = [answer for answer in answers if isinstance(answer, courtesy.Quarantined)]
    assert [(one.line, one.code, one.path) for one in left] == [
        (2, "unknown-choice", "$.tier"),
        (3, "invalid-json", "$.id"),
        (4, "not-json", "$.points"),
        (5, "missing-field", "$.id"),
    ]
    assert [one.record for one in left] == records[1:5]
    assert applied.summary["records"] == 6 == applied.summary["decided"] + applied.summary["quarantined"]
    assert applied.summary["actions"] == {"upsell": {"allowed": 2, "blocked": 0, "limited": 0}}
    assert list(applied) == []


def test_a_quarantine_line_is_that_of_the_command(shop: courtesy.Package) -> None:
    lines = ['{"id":"\\u0007\\"é"}\r\n', b'{"id":"\xff"}\n', "\x08", customer(tier="gilt"), customer(points=math.nan)]
    parsed = [json.loads(one.to_json()) for one in shop.apply(lines, as_input="customer", now=NOW)]
    assert list(parsed[0]) == ["line", "code", "path", "message", "record"]
    assert parsed[0]["record"] == '{"id":"\\u0007\\"é"}'
    assert parsed[1]["record_base64"] == "eyJpZCI6Iv8ifQ==" and parsed[1]["code"] == "invalid-utf8"
    assert parsed[2]["record"] == "\x08"
    assert json.loads(parsed[3]["record"]) == customer(tier="gilt")
    assert parsed[4]["record"] is None


def test_lines_of_a_file_are_records(shop: courtesy.Package) -> None:
    text = "\n".join([json.dumps(customer(id="a")), "", "   ", json.dumps({"id": "b"}), ""])
    for file in (io.StringIO(text), io.BytesIO(text.encode())):
        answers = list(shop.apply(file, as_input="customer", now=NOW))
        assert [answer.fits for answer in answers] == [True, False]
        assert isinstance(answers[1], courtesy.Quarantined) and answers[1].line == 4


def test_records_are_read_as_they_are_asked_for(shop: courtesy.Package) -> None:
    read = 0

    def endless() -> Iterator[dict[str, Any]]:
        nonlocal read
        while True:
            read += 1
            yield customer(id=str(read))

    applied = shop.apply(endless(), as_input="customer", now=NOW)
    for _ in range(10):
        next(applied)
    assert applied.summary["records"] == 10
    assert read < 2000


def test_what_an_iterator_raises_comes_behind_the_answers_before_it(shop: courtesy.Package) -> None:
    def broken() -> Iterator[dict[str, Any]]:
        yield customer()
        raise ZeroDivisionError("mine")

    applied = shop.apply(broken(), as_input="customer", now=NOW)
    assert next(applied).fits
    with pytest.raises(ZeroDivisionError, match="mine"):
        next(applied)
    with pytest.raises(StopIteration):
        next(applied)


def test_options_that_fit_nothing_are_refused_before_any_record(shop: courtesy.Package) -> None:
    records: list[Any] = []
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"as_input": "custmer", "now": NOW}, "did you mean `customer`"),
        ({"as_input": "customer"}, "missing-now"),
        ({"as_input": "customer", "now": NOW, "propose": [{"action": "upsel"}]}, "bad-proposal"),
        ({"as_input": "customer", "now": NOW, "propose": "nonsense"}, "invalid-json"),
        ({"as_input": "customer", "now": NOW, "inputs": {"customer": customer()}}, "duplicate-key"),
    ]
    for options, message in wrong:
        with pytest.raises(courtesy.MisfitError, match=message):
            shop.apply(records, **options)
    for jobs in (0, 100_000):
        with pytest.raises(ValueError, match="number of threads"):
            shop.apply(records, now=NOW, jobs=jobs)
    for one in (customer(), "{}", b"{}", 5, None):
        with pytest.raises(TypeError):
            shop.apply(one, now=NOW)  # type: ignore[arg-type]


def test_the_counts_of_olist_are_those_that_were_counted_independently(olist_records: Path) -> None:
    expected = json.loads((ROOT / "examples" / "counts.json").read_text())["olist"]
    package = courtesy.load(ROOT / "examples" / "olist")
    with gzip.open(olist_records) as lines:
        applied = package.apply(lines, as_input="customer", now=OLIST_NOW)
        assert sum(answer.fits for answer in applied) == expected["records"]
    fired = {title: count["fired"] for title, count in applied.summary["policies"].items()}
    assert fired == expected["policies"]
