#!/usr/bin/env python3
"""Print 1,000 slots of keys under names as JSON, by the documented formula alone.

`scripts/vectors/slots.py > tests/vectors/slots.json` writes the published vectors.
"""

import hashlib
import json

NAMES = ["autumn", "winter", "Never upsell a category bought in the last 30 days", "", "größer", "a b"]
KEYS = ["", "0", "c-1001", "größer", "Ελένη", "李小龍", "👩‍👩‍👧", " blank ", "a\nb", "x" * 1000]


def slot(name, key):
    digest = hashlib.sha256(name.encode() + b"\0" + key.encode()).digest()
    return int.from_bytes(digest[:8], "big") % 10000


pairs = [(name, key) for name in NAMES for key in KEYS]
pairs += [(NAMES[number % 3], f"customer-{number}") for number in range(1000 - len(pairs))]
rows = [json.dumps({"name": n, "key": k, "slot": slot(n, k)}, ensure_ascii=False) for n, k in pairs]
print("[\n" + ",\n".join(rows) + "\n]")
