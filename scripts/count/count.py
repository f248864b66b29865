#!/usr/bin/env python3
"""Count what each policy of the four data packages must fire on, by direct code.

Reads the gzipped NDJSON under COURTESY_DATA (default: ../shared/data beside the
repository) and prints JSON: per package the number of records and, per policy
title, the records on which its condition holds. Shares nothing with the engine,
so that `summary.policies.<title>.fired` of `courtesy apply` can be compared.

All times in the data are UTC and all windows here are whole days, so a civil day
is 24 hours. Money and other fractions are Decimal; nothing passes through float.
"""

import gzip
import json
import os
import sys
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("COURTESY_DATA") or REPOSITORY / ".." / "shared" / "data")


def instant(text):
    """An instant from RFC 3339 text, or None for what the source does not say."""
    return None if text is None else datetime.fromisoformat(text.replace("Z", "+00:00"))


def days(number):
    return timedelta(days=number)


# --- cdnow -------------------------------------------------------------------

CDNOW_NOW = instant("1998-07-01T00:00:00Z")


def cdnow_times(customer):
    return [instant(purchase["at"]) for purchase in customer["purchases"]]


def cdnow_within_last(customer, number):
    return [
        purchase
        for purchase in customer["purchases"]
        if CDNOW_NOW - days(number) <= instant(purchase["at"]) <= CDNOW_NOW
    ]


def spend(purchases):
    return sum((purchase["amount"] for purchase in purchases), Decimal(0))


def bought_cds_lately(customer):
    return any(purchase["category"] == "cd" for purchase in cdnow_within_last(customer, 30))


def is_vip(customer):
    return spend(customer["purchases"]) >= Decimal("500.00")


def to_win_back(customer):
    return len(customer["purchases"]) >= 3 and not cdnow_within_last(customer, 180)


def to_nudge(customer):
    times = cdnow_times(customer)
    return len(times) == 1 and times[0] < CDNOW_NOW - days(90)


def gets_premium_mailing(customer):
    last = customer["purchases"][-3:]
    return len(last) == 3 and spend(last) > 3 * Decimal("50.00")


def ordered_twice_a_day(customer):
    dates = [time.date() for time in cdnow_times(customer)]
    return len(set(dates)) < len(dates)


def cools_off(customer):
    recent = spend(cdnow_within_last(customer, 180))
    earlier = spend(
        purchase
        for purchase in customer["purchases"]
        if CDNOW_NOW - days(360) <= instant(purchase["at"]) < CDNOW_NOW - days(180)
    )
    return earlier > 0 and 2 * recent < earlier


CDNOW = {
    "Never upsell CDs to who bought CDs in the last 30 days": bought_cds_lately,
    "Always greet VIPs": is_vip,
    "Win back": to_win_back,
    "Nudge to a second purchase": to_nudge,
    "Premium mailing": gets_premium_mailing,
    "Ask about a double order": ordered_twice_a_day,
    "Cooling off": cools_off,
}

# --- olist -------------------------------------------------------------------

OLIST_NOW = instant("2018-10-18T00:00:00Z")
UNDER_WAY = {"created", "approved", "processing", "invoiced", "shipped"}


def lateness(order):
    """How long after the promised instant it came; None where it did not come."""
    delivered = instant(order["delivered_at"])
    return None if delivered is None else delivered - instant(order["promised_at"])


def is_late(order):
    late = lateness(order)
    return late is not None and late > timedelta(0)


def is_late_by_calendar(order):
    delivered = instant(order["delivered_at"])
    return delivered is not None and delivered.date() > instant(order["promised_at"]).date()


def is_overdue(order):
    return (
        order["status"] in UNDER_WAY
        and order["delivered_at"] is None
        and instant(order["promised_at"]) < OLIST_NOW
    )


def is_badly_reviewed(order):
    return any(review["score"] <= 2 for review in order["reviews"])


def deserves_voucher(order):
    late = lateness(order)
    return late is not None and late >= timedelta(hours=7 * 24) and is_badly_reviewed(order)


def orders_close_together(customer):
    """Of sorted instants, the closest two are neighbours."""
    times = sorted(instant(order["purchased_at"]) for order in customer["orders"])
    return any(b - a <= days(30) for a, b in zip(times, times[1:]))


def all_sold_in(state, order):
    states = {item["seller"]["state"] for item in order["items"]}
    return states == {state}


def is_long_praise(review):
    return review["score"] == 5 and len(review["message"] or "") > 50


def any_order(test):
    return lambda customer: any(test(order) for order in customer["orders"])


OLIST = {
    "Apologise for a late delivery": any_order(is_late),
    "Apologise by the calendar": any_order(is_late_by_calendar),
    "Never upsell while an order is overdue": any_order(is_overdue),
    "Never upsell after a bad review": lambda customer: bool(customer["orders"])
    and is_badly_reviewed(customer["orders"][-1]),
    "Apologise with a voucher": any_order(deserves_voucher),
    "Slow down": orders_close_together,
    "Offer a pick-up": lambda customer: any(
        all_sold_in(customer["state"], order) for order in customer["orders"]
    ),
    "Ask for a testimonial": any_order(
        lambda order: any(is_long_praise(review) for review in order["reviews"])
    ),
}

# --- bank --------------------------------------------------------------------

BANK_NOW = instant("2010-11-18T00:00:00Z")


def latest_contact(client):
    """The latest contact; of equals the first in the list, as `max` gives it."""
    return max(client["contacts"], key=lambda contact: instant(contact["at"]), default=None)


def latest_contact_is(test):
    def holds(client):
        contact = latest_contact(client)
        return contact is not None and test(contact)

    return holds


def is_called_soon_again(client):
    times = [instant(contact["at"]) for contact in client["contacts"]]
    return len(times) == 2 and times[1] < times[0] + days(90)


def is_within_90_days(contact):
    return BANK_NOW - days(90) <= instant(contact["at"]) <= BANK_NOW


def is_at_weekend(contact):
    return instant(contact["at"]).isoweekday() in (6, 7)


def is_under_a_minute(contact):
    return contact["duration_s"] is not None and contact["duration_s"] < 60


BANK = {
    "At most three calls a campaign": lambda client: client["contacts_this_campaign"] > 3,
    "Never call soon after the last campaign": is_called_soon_again,
    "No deposit offer on a negative balance": lambda client: client["balance"] < 0,
    "Never contact twice in 90 days": latest_contact_is(is_within_90_days),
    "Never call at a weekend": latest_contact_is(is_at_weekend),
    "Stop calling": lambda client: client["contacts_this_campaign"] > 5
    and latest_contact_is(is_under_a_minute)(client),
    "Ask for missing details": lambda client: client["job"] is None
    or client["education"] is None,
}

# --- goodbooks ---------------------------------------------------------------


def books_per_author(reader):
    return Counter(author for book in reader["books"] for author in set(book["authors"]))


def numbers_per_series(reader):
    numbers = {}
    for book in reader["books"]:
        series = book.get("series")
        if series is not None:
            numbers.setdefault(series["name"], set()).add(series["number"])
    return numbers


def is_author_fan(reader):
    return any(count >= 5 for count in books_per_author(reader).values())


def reads_tolkien_not_rowling(reader):
    authors = books_per_author(reader)
    return authors["J.R.R. Tolkien"] > 0 and authors["J.K. Rowling"] == 0


def reads_classics(reader):
    years = [book["year"] for book in reader["books"] if book["year"] is not None]
    return sum(year < 1900 for year in years) >= 3


def rated_badly(reader):
    return any(book.get("rating") in (1, 2) for book in reader["books"])


def reads_foreign(reader):
    languages = {book["language"] for book in reader["books"]} - {None}
    return any(not language.startswith("en") for language in languages)


def finishes_series(reader):
    return any({1, 2, 3} <= numbers for numbers in numbers_per_series(reader).values())


GOODBOOKS = {
    "Author fan": is_author_fan,
    "Stephen King club": lambda reader: books_per_author(reader)["Stephen King"] >= 3,
    "Tolkien to Rowling": reads_tolkien_not_rowling,
    "Classics": reads_classics,
    "Never recommend an author they rated badly": rated_badly,
    "Foreign shelf": reads_foreign,
    "Series finisher": finishes_series,
}

# --- all ---------------------------------------------------------------------

PACKAGES = {
    "cdnow": ("cdnow/customers.ndjson.gz", CDNOW),
    "olist": ("olist/customers.ndjson.gz", OLIST),
    "bank": ("bank-marketing/clients.ndjson.gz", BANK),
    "goodbooks": ("goodbooks/readers.ndjson.gz", GOODBOOKS),
}


def records(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line, parse_float=Decimal)


def count(path, policies):
    total, fired = 0, dict.fromkeys(policies, 0)
    for record in records(path):
        total += 1
        for title, holds in policies.items():
            fired[title] += bool(holds(record))
    return {"records": total, "policies": fired}


def main():
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set COURTESY_DATA to the folder that holds cdnow, olist, …")
    result = {name: count(DATA / file, policies) for name, (file, policies) in PACKAGES.items()}
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
