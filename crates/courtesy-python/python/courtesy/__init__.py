"""Policies for how a customer is to be treated: a case in, a decision with reasons out."""

from courtesy._courtesy import (
    Applied,
    Batch,
    Decision,
    Package,
    Quarantined,
    Text,
    __version__,
    from_sources,
    load,
)
from courtesy._errors import CheckError, CourtesyError, MisfitError

__all__ = [
    "Applied",
    "Batch",
    "CheckError",
    "CourtesyError",
    "Decision",
    "MisfitError",
    "Package",
    "Quarantined",
    "Text",
    "__version__",
    "from_sources",
    "load",
]
