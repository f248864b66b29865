"""Holds the summaries of `courtesy apply` against the independent counts."""

import json
import pathlib
import sys

expected = json.loads(pathlib.Path(sys.argv[1]).read_text())
wrong = 0
for name, counts in expected.items():
    summary = json.loads((pathlib.Path(sys.argv[2]) / f"{name}.json").read_text())
    records, decided = summary["records"], summary["decided"]
    if records != counts["records"] or records != decided + summary["quarantined"]:
        print(f"WRONG {name}: {records} records, {decided} decided")
        wrong += 1
    for title, count in counts["policies"].items():
        fired = summary["policies"][title]["fired"]
        mark = "ok   " if fired == count else "WRONG"
        wrong += fired != count
        print(f"{mark} {name}: {title}: {fired} fired, {count} counted")
sys.exit(1 if wrong else 0)
