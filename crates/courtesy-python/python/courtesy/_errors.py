"""What is raised where there is no engine, or no decision."""

from __future__ import annotations

from typing import Any


class CourtesyError(Exception):
    """Whatever Courtesy itself raises."""


class CheckError(CourtesyError):
    """A package has errors. Its text is the report, as the command draws it."""

    def __init__(self, report: str, diagnostics: list[dict[str, Any]], left_out: int) -> None:
        super().__init__(report, diagnostics, left_out)
        self.report = report
        self.diagnostics = diagnostics
        self.left_out = left_out

    def __str__(self) -> str:
        return "the package has errors\n\n" + self.report


class MisfitError(CourtesyError, ValueError):
    """A case, or what is given beside it, does not fit the package."""

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(code, path, message)
        self.code = code
        self.path = path
        self.message = message
        #: Which of several cases it is, from 0; None where one was asked about.
        self.index: int | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.message} [{self.code}]"
