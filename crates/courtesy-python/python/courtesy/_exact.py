"""JSON as Python values, every number exact."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

# Python refuses to read whole numbers of more digits, and a sum may have them.
_DIGITS = 4000


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _DIGITS else Decimal(digits)


def loads(text: str) -> Any:
    """Numbers become `int` or `Decimal`, never floats."""
    return json.loads(text, parse_float=Decimal, parse_int=_whole)
