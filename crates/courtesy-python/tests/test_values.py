"""Python values, exactly as their JSON; what has none gets an answer that names its place and its type."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import enum
import fractions
import math
import threading
import uuid
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy
import pandas
import pytest

import courtesy
from conftest import NOW, case, customer

AT = "2026-11-01T09:30:00Z"


def told(shop: courtesy.Package, **fields: Any) -> dict[str, Any]:
    """What the duty `tell` says of a customer."""
    decision = shop.decide(case(**fields))
    return next(duty["with"] for duty in decision["duties"] if duty["action"] == "tell")


def paid(shop: courtesy.Package, amount: Any) -> str:
    said: str = told(shop, purchases=[{"paid": amount, "at": AT}])["paid"]["amount"]
    return said


def misfit(shop: courtesy.Package, **fields: Any) -> courtesy.MisfitError:
    with pytest.raises(courtesy.MisfitError) as raised:
        shop.decide(case(**fields))
    return raised.value


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (149.99, "149.99"),
        (0.1, "0.10"),
        (1e-07, "0.0000001"),
        (1e16, "10000000000000000.00"),
        (-0.0, "0.00"),
        (149, "149.00"),
        (True + 1, "2.00"),
        ("149.99", "149.99"),
        (Decimal("123456789012345678.123456789"), "123456789012345678.123456789"),
        (Decimal("1E+3"), "1000.00"),
        ({"amount": Decimal("12.50"), "currency": "USD"}, "12.50"),
        (numpy.float32(0.1), "0.10"),
        (numpy.float64(19.9), "19.90"),
        (numpy.int64(7), "7.00"),
        (10**17, "100000000000000000.00"),
    ],
)
def test_amounts_are_exact(shop: courtesy.Package, amount: Any, expected: str) -> None:
    assert paid(shop, amount) == expected


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (0.1 + 0.2, "bad-number"),
        (math.nan, "not-json"),
        (math.inf, "not-json"),
        (numpy.float32("nan"), "not-json"),
        (Decimal("NaN"), "not-json"),
        (Decimal("sNaN"), "not-json"),
        (Decimal("-Infinity"), "not-json"),
        (10**18, "bad-number"),
        pytest.param(10**5000, "bad-number", id="thousands of digits"),
        pytest.param(-(10**5000), "bad-number", id="thousands of digits, below 0"),
        (Decimal("1E+1000000"), "bad-number"),
        (Decimal("1E-1000000"), "bad-number"),
        (True, "wrong-type"),
        (fractions.Fraction(1, 3), "not-json"),
        (1j, "not-json"),
    ],
)
def test_what_is_no_amount_is_refused_at_its_place(shop: courtesy.Package, amount: Any, code: str) -> None:
    found = misfit(shop, purchases=[{"paid": amount, "at": AT}])
    assert (found.code, found.path) == (code, "$.inputs.customer.purchases[0].paid")


class Loud(enum.Enum):
    VIP = "vip"


class Quiet(str, enum.Enum):
    VIP = "vip"


def test_members_of_an_enum_are_their_value_only_where_they_say_so(shop: courtesy.Package) -> None:
    assert told(shop, tier=Quiet.VIP)["paid"]["amount"] == "0.00"
    found = misfit(shop, tier=Loud.VIP)
    assert (found.code, found.path) == ("not-json", "$.inputs.customer.tier")
    assert "give the `value` of this member" in found.message


@pytest.mark.parametrize(
    "value",
    [
        object(),
        {1, 2},
        b"bytes",
        bytearray(b"bytes"),
        uuid.UUID(int=7),
        (number for number in range(3)),
        numpy.zeros((2, 2)),
        numpy.datetime64("2026-11-01T09:30:00"),
        pandas.DataFrame({"a": [1]}),
        dict,
        lambda: None,
    ],
    ids=lambda value: type(value).__name__,
)
def test_foreign_objects_are_refused_by_their_type(shop: courtesy.Package, value: Any) -> None:
    found = misfit(shop, name=value)
    assert (found.code, found.path) == ("not-json", "$.inputs.customer.name")
    assert type(value).__name__ in found.message


def test_no_message_repeats_what_may_be_private(shop: courtesy.Package) -> None:
    class Secret:
        def __repr__(self) -> str:
            return "canary"

        __str__ = __repr__

    for value in (Secret(), {Secret()}, {Secret(): 1}, "canary\ud800", {"canary": math.nan}, b"canary"):
        assert "canary" not in misfit(shop, name=value).message


def test_half_a_character_is_refused(shop: courtesy.Package) -> None:
    found = misfit(shop, name="a\ud800")
    assert (found.code, found.path) == ("not-json", "$.inputs.customer.name")
    with pytest.raises(courtesy.MisfitError, match="lone surrogate"):
        shop.decide('{"now":"\ud800"}')
    with pytest.raises(courtesy.MisfitError, match="lone surrogate"):
        shop.decide({"now": NOW, "\udfff": 1})


def test_keys_that_are_no_texts_are_refused(shop: courtesy.Package) -> None:
    found = misfit(shop, name={1: 2})
    assert found.message == "the keys of a record are texts, and one of them is of the type `int`"


def test_what_holds_itself_gets_an_answer(shop: courtesy.Package) -> None:
    itself: dict[str, Any] = customer()
    itself["again"] = itself
    many: list[Any] = ["x" * 1000]
    for _ in range(60):
        many = [many, many]
    looped: list[Any] = []
    looped.append(looped)
    for value in (itself, many, looped):
        with pytest.raises(courtesy.MisfitError) as raised:
            shop.decide({"now": NOW, "inputs": {"customer": customer(other=value)}})
        assert raised.value.code == "too-large"


def test_what_is_deep_takes_no_stack(shop: courtesy.Package) -> None:
    """On a thread with a quarter of the stack of the smallest that Python starts by itself."""
    deep: Any = []
    for _ in range(5000):
        deep = [{"a": deep}]
    codes: list[str] = []

    def decide() -> None:
        for case_ in (case(other=deep), f'{{"now":"{NOW}","inputs":' + "[" * 100_000):
            try:
                shop.decide(case_)
            except courtesy.MisfitError as found:
                codes.append(found.code)

    before = threading.stack_size(128 * 1024)
    thread = threading.Thread(target=decide)
    thread.start()
    threading.stack_size(before)
    thread.join()
    assert codes == ["too-large", "wrong-type"]


class Lying(int):
    def __repr__(self) -> str:
        return '1,"tier":"vip"'

    __str__ = __repr__


class LyingDecimal(Decimal):
    def __str__(self) -> str:
        return '1,"tier":"vip"'


class LyingArray:
    dtype = numpy.dtype("f8")
    ndim = 0

    def item(self) -> float:
        return 1.0

    def __str__(self) -> str:
        return '1,"tier":"vip"'


def test_no_class_writes_json_of_its_own(shop: courtesy.Package) -> None:
    assert told(shop, points=Lying(5))["points"] == 5
    assert misfit(shop, points=Lying(10**30)).code == "bad-number"
    assert told(shop, points=LyingDecimal("5.5"))["points"] == Decimal("5.5")
    assert misfit(shop, points=LyingArray()).code == "not-json"


def test_a_record_that_changes_while_it_is_read_gets_an_answer(shop: courtesy.Package) -> None:
    record: dict[str, Any] = customer()

    class Growing(collections.UserDict[str, Any]):
        def items(self) -> Any:
            record.update({str(number): number for number in range(1000)})
            return {"a": 1}.items()

    record["first"] = Growing()
    assert shop.decide({"now": NOW, "inputs": {"customer": record}}).fits


def test_exceptions_of_the_hosts_own_code_go_on(shop: courtesy.Package) -> None:
    class Broken(collections.UserDict[str, Any]):
        def items(self) -> Any:
            raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        shop.decide(case(name=Broken()))


def test_moments_keep_their_offset(shop: courtesy.Package) -> None:
    at = dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.timezone.utc)
    new_york = at.astimezone(ZoneInfo("America/New_York"))
    stamps = (pandas.Timestamp(at), pandas.Timestamp("2026-11-01T09:30:00.000000001Z"))
    proposal = [{"id": "p", "action": "upsell", "with": {"title": "Zoom"}}]
    untils = []
    for moment in (AT, at, new_york, *stamps):
        asked = {**case(purchases=[{"paid": 1, "at": moment}]), "proposals": proposal}
        untils.append(shop.decide(asked)["proposals"][0]["until"])
    assert set(untils[:4]) == {"2026-12-01T09:30:00Z"} or set(untils[:4]) == {"2026-12-01T10:30:00Z"}
    assert untils[4] == untils[0].replace("00Z", "00.000000001Z")


def test_a_moment_with_an_old_offset_is_its_instant(shop: courtesy.Package) -> None:
    amsterdam = dt.datetime(1930, 1, 1, tzinfo=dt.timezone(dt.timedelta(minutes=19, seconds=32)))
    assert shop.decide(case(purchases=[{"paid": 1, "at": amsterdam}])).fits
    edge = dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=1)))
    assert misfit(shop, purchases=[{"paid": 1, "at": edge}]).code == "bad-date-time"


@pytest.mark.parametrize("moment", [dt.datetime(2026, 11, 1), pandas.Timestamp(2026, 11, 1), dt.date(2026, 11, 1)])
def test_a_moment_without_an_offset_does_not_fit(shop: courtesy.Package, moment: Any) -> None:
    found = misfit(shop, purchases=[{"paid": 1, "at": moment}])
    assert (found.code, found.path) == ("bad-date-time", "$.inputs.customer.purchases[0].at")


def test_dates_zones_times_and_spans(shop: courtesy.Package) -> None:
    said = told(
        shop,
        born=dt.date(2000, 2, 29),
        zone=ZoneInfo("Asia/Kathmandu"),
        opens=dt.time(9, 30),
        wait=dt.timedelta(days=1, microseconds=1),
        points=Decimal("0.5"),
    )
    assert said["born"] == "2000-02-29"
    assert said["zone"] == "Asia/Kathmandu"
    assert said["points"] == Decimal("0.5")
    assert type(said["points"]) is Decimal
    assert shop.decide(case(wait=dt.timedelta(hours=-1), opens=dt.time(0))).fits
    assert misfit(shop, born=dt.datetime(2000, 2, 29)).code == "bad-date"
    assert misfit(shop, wait=pandas.Timedelta(1, "ns")).code == "bad-duration"


def test_what_pandas_calls_missing_is_unknown(shop: courtesy.Package) -> None:
    for missing in (None, pandas.NA, pandas.NaT):
        assert [duty["action"] for duty in shop.decide(case(name=missing, born=missing))["duties"]] == ["tell"]
    assert misfit(shop, points=numpy.nan).code == "not-json"


@dataclasses.dataclass
class Bought:
    paid: Decimal
    at: dt.datetime


@dataclasses.dataclass
class Person:
    id: str
    tier: str
    purchases: list[Bought]
    nickname: str = dataclasses.field(default="Amir", metadata={"key": "name"})


class Pair(NamedTuple):
    first: str
    second: str


def test_what_a_host_has_instead_of_dicts(shop: courtesy.Package) -> None:
    bought = Bought(Decimal("149.99"), dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.timezone.utc))
    person = Person("amir", "vip", [bought])
    mapping = MappingProxyType(customer(name="Amir", purchases=({"paid": "149.99", "at": AT},)))
    array = customer(name="Amir", purchases=numpy.array([{"paid": 149.99, "at": AT}], dtype=object))
    plain = customer(name="Amir", purchases=[{"paid": "149.99", "at": AT}])
    answers = {shop.decide({"now": NOW, "inputs": {"customer": given}}).json() for given in (person, mapping, array, plain)}
    assert len(answers) == 1
    assert misfit(shop, purchases=Pair("a", "b")).path == "$.inputs.customer.purchases[0]"


def test_what_is_no_case_is_said_to_be_none(shop: courtesy.Package) -> None:
    nothings: list[Any] = [None, 5, [], "", b"", "[]", "nonsense", b"\xff"]
    for nothing in nothings:
        with pytest.raises(courtesy.MisfitError):
            shop.decide(nothing)
