"""The pages and the example are true: their code runs, in order, and what stands under it is what it prints."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest

from conftest import ROOT, data_folder

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CRATE = ROOT / "crates" / "courtesy-python"


def blocks(page: Path) -> list[tuple[str, str]]:
    return FENCED.findall(page.read_text("utf-8"))


def run(page: Path) -> int:
    """Runs the blocks of Python of a page, one after another, from the root of the repository."""
    module = types.ModuleType("page")
    sys.modules["page"] = module
    ran, printed = 0, ""
    for language, text in blocks(page):
        if language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(text, f"{page.name}, block {ran + 1}", "exec", dont_inherit=True), module.__dict__)
            ran, printed = ran + 1, out.getvalue()
        elif language == "text":
            lines = [line.rstrip() for line in printed.strip().splitlines()]
            assert lines == text.strip().splitlines(), printed
    return ran


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_guide() -> None:
    assert run(ROOT / "docs" / "hosts" / "python.md") >= 8


def test_the_page_of_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("COURTESY_PAGE_FOLDER", str(tmp_path))
    assert run(ROOT / "docs" / "hosts" / "spark.md") >= 3


def test_the_front_of_the_wheel_names_pages_that_exist() -> None:
    text = (CRATE / "README.md").read_text("utf-8")
    for page in re.findall(r"`(docs/[\w/]+\.md)`", text):
        assert (ROOT / page).exists(), page


def test_the_example_runs_cell_by_cell(tmp_path: Path) -> None:
    example = CRATE / "examples" / "customers.py"
    assert example.read_text("utf-8").count("# %%") >= 5
    done = subprocess.run(
        [sys.executable, str(example)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "COURTESY_DATA": str(data_folder())},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "greeting by tier" in done.stdout


def test_types_are_right() -> None:
    """The stubs, the modules, the tests and the example hold under mypy's strictest."""
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "python", "tests", "examples"],
        capture_output=True,
        text=True,
        cwd=CRATE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_name_what_there_is() -> None:
    checked = ["courtesy._courtesy", "--ignore-missing-stub", "--ignore-disjoint-bases", "--concise"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", *checked, "--mypy-config-file", "pyproject.toml"],
        capture_output=True,
        text=True,
        cwd=CRATE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
