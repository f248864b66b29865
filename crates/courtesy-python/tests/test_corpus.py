"""The cases that every host decides: the bytes of the command, from values, from text, one by one and as records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import courtesy
from conftest import ROOT, corpus, misfit_line

PACKAGES: dict[str, courtesy.Package] = {}


def package(path: str) -> courtesy.Package:
    if path not in PACKAGES:
        PACKAGES[path] = courtesy.load(ROOT / path)
    return PACKAGES[path]


def values(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def answered(answer: courtesy.Decision | courtesy.Quarantined) -> str:
    if isinstance(answer, courtesy.Decision):
        return answer.to_json()
    return misfit_line(answer.code, answer.path, answer.message)


@pytest.mark.parametrize("form", [values, str, str.encode], ids=["values", "text", "bytes"])
def test_each_case_is_decided_with_the_bytes_of_the_command(form: Callable[[str], Any]) -> None:
    for name, path, text, expected in corpus():
        try:
            got = package(path).decide(form(text)).to_json()
        except courtesy.MisfitError as misfit:
            got = misfit_line(misfit.code, misfit.path, misfit.message)
        assert got == expected, name


@pytest.mark.parametrize("jobs", [1, 3])
def test_records_are_decided_with_the_bytes_of_the_command(jobs: int) -> None:
    cases = defaultdict(list)
    for _, path, text, expected in corpus():
        cases[path].append((text, expected))
    for path, of_package in cases.items():
        applied = package(path).apply((text for text, _ in of_package), jobs=jobs)
        assert [answered(answer) for answer in applied] == [expected for _, expected in of_package]
        assert applied.summary["records"] == len(of_package)


def test_floats_say_what_their_json_says() -> None:
    """With Python's own floats in place of decimals: the same, where a float has the digits."""
    compared = 0
    for name, path, text, expected in corpus():
        if "18 digits" in name:
            continue
        try:
            got = package(path).decide(json.loads(text)).to_json()
        except courtesy.MisfitError as misfit:
            got = misfit_line(misfit.code, misfit.path, misfit.message)
        compared += 1
        assert got == expected, name
    assert compared >= 60
