"""Where things are, a small package, and the cases that every host decides."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import courtesy

ROOT = Path(__file__).resolve().parents[3]
NOW = "2026-11-23T10:00:00Z"

SHOP = """
currency USD
timezone "America/New_York"

choice Tier { standard < silver < gold < vip }
type Purchase { paid: Money  at: DateTime }
type Customer {
  id: Text
  name: optional Text, private
  tier: Tier
  born: optional Date
  zone: optional Timezone
  wait: optional Duration
  opens: optional Time
  points: optional Number
  purchases: list of Purchase
}
input customer: Customer
action upsell { title: Text }
action greet  { text: Text }
action tell   { points: optional Number  paid: Money  born: optional Date  zone: optional Timezone }

policy "Never upsell within 30 days"
  never upsell
  when any purchase in customer.purchases where purchase.at is within last 30 days
  because "bought for {purchase.paid}"

policy "Greet by name"
  always greet with text: "Hello {customer.name}!"
  when customer.name is known

policy "Tell what is known"
  always tell with
    points: customer.points,
    paid: sum of purchase.paid for purchase in customer.purchases,
    born: customer.born,
    zone: customer.zone
  when customer.tier is vip
"""


@pytest.fixture(scope="session")
def shop() -> courtesy.Package:
    return courtesy.from_sources({"shop.courtesy": SHOP})


def customer(**fields: Any) -> dict[str, Any]:
    return {"id": "amir", "tier": "vip", "purchases": [], **fields}


def case(**fields: Any) -> dict[str, Any]:
    return {"now": NOW, "inputs": {"customer": customer(**fields)}}


def corpus() -> list[tuple[str, str, str, str]]:
    """Names, packages, cases as text, and what the command makes of them."""
    folder = ROOT / "tests" / "hosts-corpus"
    cases = json.loads((folder / "cases.json").read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
    expected = (folder / "decisions.ndjson").read_text("utf-8").splitlines()
    texts = [exact(asked["case"]) for asked in cases]
    assert len(cases) == len(expected) >= 30
    return [(asked["name"], asked["package"], text, line) for asked, text, line in zip(cases, texts, expected)]


def exact(value: Any) -> str:
    """JSON of values whose numbers are decimals, digit by digit."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{exact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(exact(item) for item in value) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def misfit_line(code: str, path: str, message: str) -> str:
    """Why a case does not fit, as the corpus has it."""
    parts = {"code": code, "path": path, "message": message}
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def data_folder() -> Path:
    return Path(os.environ.get("COURTESY_DATA", ROOT / ".." / "shared" / "data"))


@pytest.fixture(scope="session")
def olist_records() -> Path:
    path = data_folder() / "olist" / "customers.ndjson.gz"
    if not path.exists():
        pytest.skip(f"no data sets at {data_folder()} (set COURTESY_DATA)")
    return path
