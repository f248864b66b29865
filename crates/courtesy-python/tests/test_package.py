"""Loading, what is wrong with a package, and a decision in the hand."""

from __future__ import annotations

import copy
import datetime as dt
import html
import json
import pickle
import threading
import time
from decimal import Decimal
from pathlib import Path

import pytest

import courtesy
from conftest import NOW, ROOT, SHOP, case, customer

UPSELL = [{"id": "zoom", "action": "upsell", "with": {"title": "Zoom"}}]


def test_a_folder_and_its_files_are_the_same_package() -> None:
    folder = ROOT / "examples" / "readme"
    package = courtesy.load(folder)
    files = sorted(folder.glob("*.courtesy"))
    assert courtesy.load(str(folder)).fingerprint == package.fingerprint
    assert courtesy.load(files).fingerprint == package.fingerprint
    assert courtesy.from_sources({file.name: file.read_bytes() for file in files}).fingerprint == package.fingerprint
    assert sorted(package.sources) == [file.name for file in files]
    assert package.inputs == ["customer"]
    assert package.policies == ["Always greet VIPs by name", "Never upsell a category bought in the last 30 days"]
    assert package.warnings == []


def test_folders_below_count_and_hidden_ones_do_not(tmp_path: Path) -> None:
    for name in ("a.courtesy", "below/b.courtesy", ".hidden/c.courtesy", ".courtesy"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"action act_{path.stem.strip('.')}")
    assert sorted(courtesy.load(tmp_path).sources) == ["a.courtesy", "below/b.courtesy"]


def test_what_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        courtesy.load(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in str(raised.value)
    with pytest.raises(FileNotFoundError, match="give the folder that holds the package"):
        courtesy.load(tmp_path)
    file = tmp_path / "a.courtesy"
    file.write_text("action greet")
    with pytest.raises(NotADirectoryError, match="Not a directory"):
        courtesy.load(file)
    for wrong in (None, 5, [5], []):
        with pytest.raises((TypeError, ValueError)):
            courtesy.load(wrong)  # type: ignore[arg-type]


def test_a_package_with_errors_raises_its_report(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.courtesy"
    wrong.write_text('action greet\npolicy "Greet"\n  always great\n  when custmer is 5\n')
    with pytest.raises(courtesy.CheckError) as raised:
        courtesy.load(tmp_path)
    error = raised.value
    assert [found["code"] for found in error.diagnostics] == ["unknown-action", "unknown-name"]
    assert error.diagnostics[0]["line"] == 3
    assert error.diagnostics[0]["file"] == str(wrong)
    assert error.left_out == 0
    assert "× `great` is not an action" in str(error)
    assert "3 │   always great" in str(error)
    assert "help: did you mean `greet`?" in str(error)
    assert "\x1b" not in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_what_is_no_text_is_a_diagnostic() -> None:
    with pytest.raises(courtesy.CheckError) as raised:
        courtesy.from_sources({"a.courtesy": b"action gr\xffeet"})
    assert raised.value.diagnostics[0]["code"] == "not-utf8"
    for wrong in ({"a": 5}, {"a": None}, {"a": "\ud800"}):
        with pytest.raises(TypeError):
            courtesy.from_sources(wrong)  # type: ignore[arg-type]


def test_warnings_do_not_stop() -> None:
    text = 'action greet\ninput at: DateTime\npolicy "Late"\n  always greet\n  when at is more than 3 days ago\n'
    package = courtesy.from_sources({"a.courtesy": 'timezone "UTC"\n' + text})
    assert [found["severity"] for found in package.warnings] == ["warning"]


def test_a_package_travels_to_another_process(shop: courtesy.Package) -> None:
    there = pickle.loads(pickle.dumps(shop))
    assert there.fingerprint == shop.fingerprint
    assert there.decide(case()).json() == shop.decide(case()).json()


def test_the_moment_comes_from_the_case_or_from_the_host(shop: courtesy.Package) -> None:
    asked = {"inputs": {"customer": customer()}}
    with pytest.raises(courtesy.MisfitError, match=r"missing-now"):
        shop.decide(asked)
    noon = dt.datetime(2026, 11, 23, 11, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert shop.decide(asked, now=NOW).json() == shop.decide(asked, now=noon).json() == shop.decide(case()).json()
    assert shop.decide(case(), now="1999-01-01T00:00:00Z")["now"] == NOW
    for wrong in ("yesterday", dt.datetime(2026, 11, 23), "2026-11-23T10:00:00"):
        with pytest.raises(ValueError, match="an instant such as"):
            shop.decide(asked, now=wrong)
    with pytest.raises(TypeError):
        shop.decide(asked, now=5)  # type: ignore[arg-type]


def test_inputs_may_be_given_beside_the_case(shop: courtesy.Package) -> None:
    assert shop.decide({"now": NOW}, inputs={"customer": customer()}).json() == shop.decide(case()).json()
    with pytest.raises(courtesy.MisfitError, match=r"\$.inputs.customer"):
        shop.decide({"now": NOW}, inputs={"customer": {"tier": object()}})
    with pytest.raises(courtesy.MisfitError, match="did you mean `customer`"):
        shop.decide({"now": NOW}, inputs={"custmer": customer()})
    with pytest.raises(TypeError, match="inputs is a dict"):
        shop.decide({"now": NOW}, inputs=[])  # type: ignore[arg-type]


def test_a_decision_is_read_like_a_dict(shop: courtesy.Package) -> None:
    decision = shop.decide({**case(points=Decimal("12345678.5")), "proposals": UPSELL})
    assert list(decision) == list(decision.keys()) == list(json.loads(decision.json()))
    assert len(decision) == 7
    assert "proposals" in decision and "nothing" not in decision
    assert decision.get("nothing") is None and decision.get("nothing", 5) == 5
    assert decision["proposals"] == [{"id": "zoom", "action": "upsell", "verdict": "allowed", "rank": 1, "reasons": []}]
    assert dict(decision.items()) == decision.to_dict() == dict(decision)
    assert decision["duties"][0]["with"]["points"] == Decimal("12345678.5")
    assert decision.verdict("zoom") == "allowed"
    for wrong in (lambda: decision["nothing"], lambda: decision.verdict("nothing"), lambda: decision.because("nothing")):
        with pytest.raises(KeyError):
            wrong()
    assert decision == shop.decide({**case(points=Decimal("12345678.5")), "proposals": UPSELL})
    assert hash(decision) == hash(shop.decide({**case(points=Decimal("12345678.5")), "proposals": UPSELL}))
    assert decision != shop.decide(case())
    assert copy.deepcopy(decision) == copy.copy(decision) == decision
    assert decision.fired == ["Tell what is known"]
    assert str(decision) == decision.to_text()
    assert decision.to_json(pretty=True) != decision.to_json()
    assert json.loads(decision.to_json(pretty=True)) == json.loads(decision.json())


def test_what_was_inserted_can_be_escaped(shop: courtesy.Package) -> None:
    bought = [{"paid": 5, "at": "2026-11-01T09:30:00Z"}]
    decision = shop.decide({**case(name="<b>Amir</b>", purchases=bought), "proposals": UPSELL})
    duty = next(duty["id"] for duty in decision["duties"] if duty["action"] == "greet")
    text = decision.text(duty, "text")
    assert text is not None
    assert text == "Hello <b>Amir</b>!" and str(text) == "Hello <b>Amir</b>!"
    assert text.segments == [("Hello ", False), ("<b>Amir</b>", True), ("!", False)]
    assert text.escaped(html.escape) == "Hello &lt;b&gt;Amir&lt;/b&gt;!"
    assert decision.text(duty, "nothing") is None
    assert [str(reason) for reason in decision.because("zoom")] == ["bought for 5.00 USD"]
    with pytest.raises(TypeError, match="must return a text"):
        text.escaped(lambda part: 5)  # type: ignore[arg-type, return-value]


def test_why_is_told_in_words(shop: courtesy.Package) -> None:
    short = shop.explain(case())
    full = shop.explain(case(name="canary"), full=True)
    assert '"Greet by name"' in short or "Greet by name" in short
    assert "customer.name is known" in full
    assert len(full) > len(short)


def test_many_cases_are_decided_or_the_first_that_does_not_fit_is_named(shop: courtesy.Package) -> None:
    cases = [case(id=str(number)) for number in range(1000)]
    many = shop.decide_many(cases, jobs=2)
    assert [decision.json() for decision in many] == [shop.decide(one).json() for one in cases]
    assert shop.decide_many([]) == []
    with pytest.raises(courtesy.MisfitError) as raised:
        shop.decide_many([*cases, case(tier="gilt"), case(tier=5)])
    assert (raised.value.index, raised.value.code) == (1000, "unknown-choice")


def test_the_lock_is_released_while_cases_are_decided() -> None:
    """While another thread decides for long, this one goes on counting."""
    text = (
        "input numbers: list of Number\naction greet\n"
        'policy "Pairs"\n  always greet\n  when any a in numbers where\n'
        "    any b in numbers where a + b is 0\n"
    )
    package = courtesy.from_sources({"a.courtesy": text})
    asked = json.dumps({"now": NOW, "inputs": {"numbers": list(range(1, 1500))}})
    took: list[float] = []

    def decide() -> None:
        started = time.perf_counter()
        package.decide(asked)
        took.append(time.perf_counter() - started)

    thread = threading.Thread(target=decide)
    gaps, last = [0.0], time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(0.0005)
        now = time.perf_counter()
        gaps.append(now - last)
        last = now
    thread.join()
    assert took[0] > 0.05, "the case is too small to show anything"
    assert max(gaps) < took[0] / 2


def test_the_sources_of_this_file_check() -> None:
    assert courtesy.from_sources({"shop.courtesy": SHOP}).warnings == []
