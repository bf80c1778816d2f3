"""Opening hours in the words of OpenStreetMap's `opening_hours`, which libraries for most languages read."""

from collections import defaultdict

from server.model.hours import Hours, Weekly

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def opening_hours(hours: Hours | None) -> str | None:
    """`Mo,We 09:00-15:00; PH off`, or None where nobody knows. Where nobody knows of holidays it says `PH unknown`."""
    if hours is None or hours.weekly is None:
        return None
    # A comma adds to the rule before it; a semicolon begins one that goes over those before.
    rules = [", ".join(map(_weekly, hours.weekly)) or "off"]
    if hours.holidays != "open":
        rules.append("PH off" if hours.holidays == "closed" else "PH unknown")
    by_date: dict[str, list[str]] = defaultdict(list)
    for one in hours.except_:
        spans = by_date[f"{one.date.year} {MONTHS[one.date.month - 1]} {one.date.day:02}"]
        if one.opens is not None:
            spans.append(f"{one.opens}-{one.closes}")
    return "; ".join([*rules, *(f"{day} {','.join(spans) or 'off'}" for day, spans in sorted(by_date.items()))])


def _weekly(period: Weekly) -> str:
    days = ",".join(day.capitalize() for day in DAYS if day in period.days)
    season = ""
    if isinstance(period.from_, str) and isinstance(period.through, str):
        season = f"{_day(period.from_)}-{_day(period.through)} "
    return f"{season}{days} {period.opens}-{period.closes}"


def _day(month_day: str) -> str:
    month, day = month_day.split("-")
    return f"{MONTHS[int(month) - 1]} {day}"
