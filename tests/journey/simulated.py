# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator holds, read without the client and put into words without its code."""

DAYS = "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"


def mask(*days):
    """The weekdays as the service has them: Monday is 64, Sunday is 1."""
    return sum(64 >> DAYS.index(day) for day in days)


def clock(minutes):
    return f"{minutes // 60}:{minutes % 60:02}"


def limits(key):
    """The part of a key that limits it, without what is not limited."""
    names = "allowedWeekDays", "allowedFromTime", "allowedUntilTime", "allowedFromDate", "allowedUntilDate"
    return {name: key[name] for name in names if key.get(name)}


def weekly(*days, start, end):
    """The limits of a key for these days, between two full hours."""
    return {"allowedWeekDays": mask(*days), "allowedFromTime": start * 60, "allowedUntilTime": end * 60}


def describe_key(account, key):
    lock = next(lock["name"] for lock in account["locks"] if lock["smartlockId"] == key["smartlockId"])
    words = [f"{key['name']} on {lock}: {'on' if key['enabled'] else 'off'}"]
    days = key.get("allowedWeekDays", 0)
    if days:
        words.append("+".join(day for day in DAYS if days & mask(day)))
    if key.get("allowedFromTime") or key.get("allowedUntilTime"):
        words.append(f"{clock(key.get('allowedFromTime', 0))}–{clock(key.get('allowedUntilTime', 0))}")
    for name, word in (("allowedFromDate", "from"), ("allowedUntilDate", "until")):
        if key.get(name):
            words.append(f"{word} {key[name]}")
    if key.get("operationId"):
        words.append("on its way to the lock")
    return ", ".join(words)


def keys_of(account, name):
    """The keys of that name, in the order of the locks."""
    order = [lock["smartlockId"] for lock in account["locks"]]
    return sorted((key for key in account["keys"] if key["name"] == name),
                  key=lambda key: order.index(key["smartlockId"]))


def describe(account, name):
    return "\n".join(describe_key(account, key) for key in keys_of(account, name)) or f"no key of {name}"
