#!/usr/bin/env python3
"""Print the golden rows of civil time: zone | now | expression | value.

`scripts/vectors/time.py > tests/time/golden.txt` writes them. The values come from
Python's datetime and zoneinfo and from the definitions spelt out here, never from
the engine; instants are shown by the clocks of the zone, with their offset.
Working time is found by trying every minute.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

NEW_YORK, BERLIN, KOLKATA = "America/New_York", "Europe/Berlin", "Asia/Kolkata"
LORD_HOWE, APIA = "Australia/Lord_Howe", "Pacific/Apia"
EVERYWHERE = [NEW_YORK, BERLIN, KOLKATA, LORD_HOWE, APIA]

zone = now = None


def title(text):
    print(f"\n# {text}")


def case(name, moment):
    """The zone and the moment of the rows that follow."""
    global zone, now
    zone, now = ZoneInfo(name), instant(moment)


def row(expression, value):
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, datetime):
        value = value.astimezone(zone).isoformat()
    here = now.astimezone(zone).isoformat()
    print(f"{zone.key} | {here} | {expression} | {value}")


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)


def day(text):
    return date.fromisoformat(text)


def local(moment):
    return moment.astimezone(zone)


def at(day, clock):
    """The first instant that shows it; in a gap, by the offset from before (fold=0 is both)."""
    return datetime.combine(day, clock, zone).astimezone(timezone.utc)


def moved(day, months=0, days=0):
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    month += 1
    kept = min(day.day, monthrange(year, month)[1])
    return date(year, month, kept) + timedelta(days=days)


def later(moment, months=0, days=0, **exact):
    here = local(moment)
    civil = at(moved(here.date(), months, days), here.time()) if months or days else moment
    return civil + timedelta(**exact)


def whole(a, b, months=0, days=0):
    """How many times the shift fits from a to b, which is later."""
    shift = later if isinstance(a, datetime) else moved
    count = 0
    while shift(a, months=months * (count + 1), days=days * (count + 1)) <= b:
        count += 1
    return count


def today():
    return local(now).date()


def start(day):
    """The first instant of a day: every minute is tried."""
    moment = at(day - timedelta(days=1), time(12))
    while local(moment).date() < day:
        moment += timedelta(minutes=1)
    return moment


def clock_between(a, b):
    clock = local(now).time()
    a, b = time.fromisoformat(a), time.fromisoformat(b)
    return a <= clock < b if a <= b else clock >= a or clock < b


def in_year(birth, year):
    return date(year, birth.month, min(birth.day, monthrange(year, birth.month)[1]))


def age(birth):
    return today().year - birth.year - (today() < in_year(birth, today().year))


def anniversary(birth):
    this = in_year(birth, today().year)
    return this if this >= today() else in_year(birth, today().year + 1)


def monday(day):
    return day - timedelta(days=day.weekday())


# Working time: `desk` is Monday to Friday, `night` every day.
HOLIDAYS = {day("2026-12-25"), day("2026-12-28")}
HOURS = {"desk": ["09:00-12:30", "13:30-17:00"], "night": ["00:00-06:00", "22:00-24:00"]}


def working_day(name, day):
    return name == "night" or (day.weekday() < 5 and day not in HOLIDAYS)


def working(name, moment):
    """By the clock on the wall: right where no hours begin or end in a fold."""
    here = local(moment)
    clock = here.strftime("%H:%M")
    spans = [hours.split("-") for hours in HOURS[name]]
    return working_day(name, here.date()) and any(a <= clock < b for a, b in spans)


def working_minutes(name, a, b):
    if b < a:
        return -working_minutes(name, b, a)
    minutes = 0
    while a < b:
        minutes += working(name, a)
        a += timedelta(minutes=1)
    return minutes


def working_after(name, moment, minutes):
    while minutes:
        minutes -= working(name, moment)
        moment += timedelta(minutes=1)
    return moment


def working_before(name, moment, minutes):
    while minutes:
        moment -= timedelta(minutes=1)
        minutes -= working(name, moment)
    return moment


def working_days_on(name, day, count):
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if working_day(name, day):
            count -= 1 if count > 0 else -1
    return day


def working_days(name, a, b):
    if b < a:
        return -working_days(name, b, a)
    days = (a + timedelta(days=n) for n in range(1, (b - a).days + 1))
    return sum(working_day(name, day) for day in days)


print("# zone | now | expression | value: written by scripts/vectors/time.py, with Python's zoneinfo.")

title("a time of day that the clocks skip moves forward by the length of the gap")
for name, gap, clock in [
    (NEW_YORK, "2026-03-08", "02:30"), (BERLIN, "2026-03-29", "02:00"), (BERLIN, "2026-03-29", "02:59"),
    (LORD_HOWE, "2026-10-04", "02:15"), (APIA, "2011-12-30", "12:00"), (KOLKATA, "2026-03-29", "02:30"),
]:
    case(name, f"{gap}T12:00:00Z")
    row(f"{gap} at {clock}", at(day(gap), time.fromisoformat(clock)))
case(NEW_YORK, "2026-03-08T12:00:00Z")
row("2026-03-08 at 01:59", at(day("2026-03-08"), time(1, 59)))
row("2026-03-08 at 03:00", at(day("2026-03-08"), time(3)))
row("1 day after 2026-03-07T02:30:00-05:00", later(instant("2026-03-07T02:30:00-05:00"), days=1))
row("24 hours after 2026-03-07T02:30:00-05:00", later(instant("2026-03-07T02:30:00-05:00"), hours=24))
row("1 month after 2026-02-08T02:30:00-05:00", later(instant("2026-02-08T02:30:00-05:00"), months=1))
row("2 days before 2026-03-10T02:30:00-04:00", later(instant("2026-03-10T02:30:00-04:00"), days=-2))
case(LORD_HOWE, "2026-10-04T12:00:00Z")
row("1 day after 2026-10-03T02:10:00+10:30", later(instant("2026-10-03T02:10:00+10:30"), days=1))
row("24 hours after 2026-10-03T02:10:00+10:30", later(instant("2026-10-03T02:10:00+10:30"), hours=24))
case(APIA, "2011-12-31T12:00:00Z")
row("1 day after 2011-12-29T15:00:00-10:00", later(instant("2011-12-29T15:00:00-10:00"), days=1))
row("2 days after 2011-12-29T15:00:00-10:00", later(instant("2011-12-29T15:00:00-10:00"), days=2))
row("24 hours after 2011-12-29T15:00:00-10:00", later(instant("2011-12-29T15:00:00-10:00"), hours=24))

title("a time of day that comes twice is the first")
for name, fold, clock in [
    (NEW_YORK, "2026-11-01", "01:30"), (BERLIN, "2026-10-25", "02:30"), (LORD_HOWE, "2026-04-05", "01:45"),
    (KOLKATA, "2026-10-25", "02:30"), (APIA, "2021-04-04", "03:30"),
]:
    case(name, f"{fold}T12:00:00Z")
    row(f"{fold} at {clock}", at(day(fold), time.fromisoformat(clock)))
case(NEW_YORK, "2026-11-01T12:00:00Z")
row("2026-11-01 at 02:00", at(day("2026-11-01"), time(2)))
row("1 day after 2026-10-31T01:30:00-04:00", later(instant("2026-10-31T01:30:00-04:00"), days=1))
row("25 hours after 2026-10-31T01:30:00-04:00", later(instant("2026-10-31T01:30:00-04:00"), hours=25))
row("1 hour after 2026-11-01T01:30:00-04:00", later(instant("2026-11-01T01:30:00-04:00"), hours=1))
row("time of 2026-11-01T01:30:00-05:00", time(1, 30))
row("1 day after 2026-11-01T01:30:00-05:00", later(instant("2026-11-01T01:30:00-05:00"), days=1))
case(LORD_HOWE, "2026-04-05T12:00:00Z")
row("30 minutes after 2026-04-05T01:45:00+11:00", later(instant("2026-04-05T01:45:00+11:00"), minutes=30))
row("time of 2026-04-04T15:15:00Z", local(instant("2026-04-04T15:15:00Z")).time())

title("a day has as many hours as pass in it")
for name, first, last in [
    (NEW_YORK, "2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00"),
    (NEW_YORK, "2026-10-31T12:00:00-04:00", "2026-11-01T12:00:00-05:00"),
    (BERLIN, "2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00"),
    (LORD_HOWE, "2026-10-03T12:00:00+10:30", "2026-10-04T12:00:00+11:00"),
    (LORD_HOWE, "2026-04-04T12:00:00+11:00", "2026-04-05T12:00:00+10:30"),
    (KOLKATA, "2026-03-28T12:00:00+05:30", "2026-03-29T12:00:00+05:30"),
    (APIA, "2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00"),
]:
    case(name, last)
    a, b = instant(first), instant(last)
    row(f"minutes from {first} to {last}", int((b - a).total_seconds() // 60))
    row(f"hours from {first} to {last}", int((b - a).total_seconds() // 3600))
    row(f"days from {first} to {last}", whole(a, b, days=1))
    row(f"days from {last} to {first}", -whole(a, b, days=1))

title("months end at their last day")
case(BERLIN, "2026-02-15T12:00:00Z")
for text, months in [("2026-01-31", 1), ("2028-01-31", 1), ("2026-03-31", -1), ("2025-11-30", 3), ("2026-08-31", 6),
                     ("2024-02-29", 12), ("2024-02-29", 48), ("2026-12-31", 2), ("2026-05-31", -3)]:
    word = "+" if months > 0 else "-"
    row(f"{text} {word} {abs(months)} months", moved(day(text), months))
row("31 January", day("2026-01-31"))
row("31 January + 1 month", moved(day("2026-01-31"), 1))
row("1 month after 2026-01-31T09:00:00+01:00", later(instant("2026-01-31T09:00:00+01:00"), months=1))
row("2026-01-31 + 1 month + 1 day", moved(moved(day("2026-01-31"), 1), 0, 1))
row("last day of this month", day("2026-02-28"))
row("last day of previous month", day("2026-01-31"))
row("first day of this month", day("2026-02-01"))
row("last wednesday of this month", day("2026-02-25"))
row("third friday of this month", day("2026-02-20"))
row("months from 2026-01-31 to 2026-02-28", whole(day("2026-01-31"), day("2026-02-28"), months=1))
row("months from 2026-01-31 to 2026-02-27", whole(day("2026-01-31"), day("2026-02-27"), months=1))
row("months from 2026-02-28 to 2026-03-31", whole(day("2026-02-28"), day("2026-03-31"), months=1))
row("years from 2024-02-29 to 2025-02-28", whole(day("2024-02-29"), day("2025-02-28"), months=12))
row("years from 2024-02-29 to 2025-02-27", whole(day("2024-02-29"), day("2025-02-27"), months=12))
row("weeks from 2026-02-01 to 2026-02-28", (day("2026-02-28") - day("2026-02-01")).days // 7)
case(NEW_YORK, "2028-02-15T12:00:00Z")
row("last day of this month", day("2028-02-29"))
row("29 February", day("2028-02-29"))

title("who is born on 29 February has their day on the 28th in ordinary years")
for moment in ["2026-02-27T23:59:59-05:00", "2026-02-28T00:00:00-05:00", "2026-03-01T00:00:00-05:00",
               "2028-02-28T12:00:00-05:00", "2028-02-29T00:00:00-05:00", "2028-03-01T12:00:00-05:00"]:
    case(NEW_YORK, moment)
    row("age of 2000-02-29", age(day("2000-02-29")))
    row("anniversary of 2000-02-29", anniversary(day("2000-02-29")))
case(BERLIN, "2026-02-28T12:00:00Z")
row("29 February", day("2026-02-28"))
row("today is anniversary of 2000-02-29", True)
row("age of 2008-02-29", age(day("2008-02-29")))
row("age of 2008-03-01", age(day("2008-03-01")))
row("anniversary of 1999-12-31", anniversary(day("1999-12-31")))

title("the day is that of the zone")
for moment in ["2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z", "2027-01-01T04:59:59Z", "2027-01-01T05:00:00Z"]:
    for name in [NEW_YORK, BERLIN, KOLKATA]:
        case(name, moment)
        row("today", today())
        row("tomorrow", today() + timedelta(days=1))
        row("year of now", today().year)
case(LORD_HOWE, "2026-06-30T13:29:59Z")
row("today", today())
row("weekday of now", local(now).strftime("%A").lower())
case(LORD_HOWE, "2026-06-30T13:30:00Z")
row("today", today())
row("date of 2026-06-30T13:29:59Z", day("2026-06-30"))
row('date of now in "Asia/Kolkata"', now.astimezone(ZoneInfo(KOLKATA)).date())
row('time of now in "America/New_York"', now.astimezone(ZoneInfo(NEW_YORK)).time())
row('1 day after now in "Europe/Berlin"', now + timedelta(days=1))
row('days from 2026-06-29T23:30:00Z to now in "Asia/Kolkata"', 0)
row('weekday of (today in "America/New_York")', now.astimezone(ZoneInfo(NEW_YORK)).strftime("%A").lower())
case(APIA, "2011-12-30T09:59:59Z")
row("today", today())
row("tomorrow", today() + timedelta(days=1))
case(APIA, "2011-12-30T10:00:00Z")
row("today", today())
row("yesterday", today() - timedelta(days=1))
row("days from 2011-12-29 to today", (today() - day("2011-12-29")).days)

title("quiet hours over midnight, in nights in which the clocks change")
for name, moments in [
    (NEW_YORK, ["2026-03-08T02:59:59Z", "2026-03-08T03:00:00Z", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z",
                "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z", "2026-11-01T01:59:59Z", "2026-11-01T02:00:00Z",
                "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01T10:59:59Z", "2026-11-01T11:00:00Z"]),
    (BERLIN, ["2026-03-28T21:00:00Z", "2026-03-29T03:59:59Z", "2026-03-29T04:00:00Z", "2026-10-25T04:59:59Z",
              "2026-10-25T05:00:00Z"]),
    (LORD_HOWE, ["2026-04-04T10:59:59Z", "2026-04-04T11:00:00Z", "2026-04-04T19:29:59Z", "2026-04-04T19:30:00Z"]),
    (KOLKATA, ["2026-03-28T16:29:59Z", "2026-03-28T16:30:00Z", "2026-03-29T00:29:59Z", "2026-03-29T00:30:00Z"]),
    (APIA, ["2011-12-30T07:59:59Z", "2011-12-30T08:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T16:00:00Z"]),
]:
    for moment in moments:
        case(name, moment)
        row("time of now is between 22:00 and 06:00", clock_between("22:00", "06:00"))
for moment in ["2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]:
    case(NEW_YORK, moment)
    row("time of now is between 01:00 and 02:00", clock_between("01:00", "02:00"))
    row("time of now is between 02:00 and 03:00", clock_between("02:00", "03:00"))
    row("time of now is between 06:00 and 06:00", False)

title("the last 30 days run from the same time of day, both ends in, the future never")
for name, moment in [
    (NEW_YORK, "2026-03-20T12:00:00-04:00"), (NEW_YORK, "2026-04-07T02:30:00-04:00"),
    (NEW_YORK, "2026-12-01T01:30:00-05:00"), (BERLIN, "2026-04-10T00:00:00+02:00"),
    (KOLKATA, "2026-04-10T00:00:00+05:30"), (LORD_HOWE, "2026-11-03T02:10:00+11:00"),
    (APIA, "2012-01-29T15:00:00+14:00"),
]:
    case(name, moment)
    edge = later(now, days=-30)
    for value in [edge - timedelta(seconds=1), edge, now, now + timedelta(seconds=1)]:
        written = local(value).isoformat()
        row(f"{written} is within last 30 days", edge <= value <= now)
    row("30 days before now", edge)
    first = today() - timedelta(days=30)
    for value in [first - timedelta(days=1), first, today(), today() + timedelta(days=1)]:
        row(f"{value} is within last 30 days", first <= value <= today())
case(NEW_YORK, "2026-03-09T01:30:00-04:00")
for value in ["2026-03-08T01:30:00-05:00", "2026-03-08T01:29:59-05:00"]:
    row(f"{value} is within last 1 day", later(now, days=-1) <= instant(value))
    row(f"{value} is within last 24 hours", now - timedelta(hours=24) <= instant(value))
    row(f"{value} is at least 1 day ago", instant(value) <= later(now, days=-1))
    row(f"{value} is more than 1 day ago", instant(value) < later(now, days=-1))
    row(f"{value} is less than 23 hours ago", now - timedelta(hours=23) < instant(value) <= now)
case(BERLIN, "2026-03-31T12:00:00+02:00")
for value in ["2026-02-28T12:00:00+01:00", "2026-02-28T11:59:59+01:00"]:
    row(f"{value} is within last 1 month", later(now, months=-1) <= instant(value) <= now)

title("weeks, months, quarters and years are the calendar's: the first instant in, the last out")
for name, moment in [(NEW_YORK, "2026-11-01T23:59:59-05:00"), (NEW_YORK, "2026-11-02T00:00:00-05:00"),
                     (BERLIN, "2026-03-29T12:00:00+02:00"), (KOLKATA, "2026-03-30T00:00:00+05:30"),
                     (LORD_HOWE, "2026-04-05T01:45:00+10:30"), (APIA, "2011-12-31T00:00:00+14:00")]:
    case(name, moment)
    first = monday(today())
    month = today().replace(day=1)
    for word, a, b in [
        ("this week", first, moved(first, 0, 7)), ("previous week", moved(first, 0, -7), first),
        ("this month", month, moved(month, 1)), ("previous month", moved(month, -1), month),
    ]:
        a, b = start(a), start(b)
        for value in [a - timedelta(seconds=1), a, b - timedelta(seconds=1), b]:
            row(f"{local(value).isoformat()} is within {word}", a <= value < b)
case(BERLIN, "2026-06-30T23:59:59+02:00")
for word, a, b in [("this quarter", "2026-04-01", "2026-07-01"), ("previous quarter", "2026-01-01", "2026-04-01"),
                   ("this year", "2026-01-01", "2027-01-01"), ("previous year", "2025-01-01", "2026-01-01")]:
    a, b = day(a), day(b)
    for value in [a - timedelta(days=1), a, b - timedelta(days=1), b]:
        row(f"{value} is within {word}", a <= value < b)
    for value in [start(a), start(b)]:
        row(f"{local(value).isoformat()} is within {word}", start(a) <= value < start(b))

title("working time: desk is mon-fri 09:00-12:30 and 13:30-17:00, night is every day 00:00-06:00 and 22:00-24:00")
for name, moment in [
    (NEW_YORK, "2026-12-23T16:15:00-05:00"), (BERLIN, "2026-12-24T12:30:00+01:00"),
    (BERLIN, "2026-12-24T17:00:00+01:00"), (KOLKATA, "2026-12-26T11:00:00+05:30"),
    (NEW_YORK, "2026-03-06T16:00:00-05:00"), (LORD_HOWE, "2026-04-03T08:00:00+11:00"),
    (APIA, "2011-12-29T16:00:00-10:00"), (BERLIN, "2026-12-29T09:00:00+01:00"),
]:
    case(name, moment)
    row("now is within desk", working("desk", now))
    row("today is within desk", working_day("desk", today()))
    for hours in [1, 7, 9]:
        row(f"{hours} desk hours after now", working_after("desk", now, hours * 60))
        row(f"{hours} desk hours before now", working_before("desk", now, hours * 60))
    row("90 desk minutes after now", working_after("desk", now, 90))
    for days in [1, 2, 5]:
        later_day, sooner = (working_days_on("desk", today(), count) for count in [days, -days])
        row(f"{days} desk days after today", later_day)
        row(f"{days} desk days before today", sooner)
        row(f"{days} desk days after now", at(later_day, local(now).time()))
    end = later(now, days=9)
    row(f"desk days from now to {local(end).isoformat()}", working_days("desk", today(), local(end).date()))
    row(f"desk hours from now to {local(end).isoformat()}", working_minutes("desk", now, end) // 60)
    row(f"desk minutes from {local(end).isoformat()} to now", -working_minutes("desk", now, end))
for name, moment in [(NEW_YORK, "2026-03-07T23:00:00-05:00"), (NEW_YORK, "2026-10-31T23:00:00-04:00"),
                     (BERLIN, "2026-03-29T00:00:00+01:00"), (LORD_HOWE, "2026-04-04T22:00:00+11:00"),
                     (LORD_HOWE, "2026-10-03T22:00:00+10:30"), (APIA, "2011-12-29T23:30:00-10:00")]:
    case(name, moment)
    row("now is within night", working("night", now))
    for hours in [4, 8, 20]:
        row(f"{hours} night hours after now", working_after("night", now, hours * 60))
    noon = at(moved(today(), 0, 2), time(12))
    row(f"night minutes from now to {local(noon).isoformat()}", working_minutes("night", now, noon))
    row(f"6 night hours before {local(noon).isoformat()}", working_before("night", noon, 360))
