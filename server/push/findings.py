"""How it stands with pushes, for whoever looks after the server: what is found, and what mends it. No phone can be known by it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from server.model.moment import moment
from server.model.pushing import LOOPBACK_HOST
from server.push import vapid
from server.push.sender import NO_CONTACT
from server.store import push
from server.store.push import Alarm, Closed, Queue
from sync.sql import Tx

LONG: Final = timedelta(hours=1)
"""What waits so long, or a push service that nothing comes through to for so long, is looked at by somebody."""
_MEND: Final = {
    401: "look at push_contact and at this machine's clock",
    403: "look at push_contact and at this machine's clock",
    413: "it takes no push of ours at all: tell those who make Mødesteder",
    400: "tell those who make Mødesteder",
    0: "push_hosts does not name it any more: put it back, or wait until these phones have subscribed anew",
}
_SUBSCRIBES: Final = "nothing to do: these phones subscribe anew when Mødesteder is opened on them"
_WHY: Final = {
    "closed_address": "its name leads to an address of a net behind the door: look at this machine's DNS",
    "unreached": "it can not be reached: look at the net, at the firewall, and at the setting proxy",
    "silent": "it does not answer within 10 seconds: look at the net, at the firewall, and at the setting proxy",
    "redirect": "something stands between that sends us elsewhere: look at the setting proxy",
    NO_CONTACT: "set push_contact (or origin, where it is https): nothing is sent without",
}


class Finding(NamedTuple):
    """A line. `mend`: what to do, None where all is well."""

    what: str
    found: str
    mend: str | None = None


class Standing(NamedTuple):
    """What the database says of pushes at a moment."""

    phones: int
    keys: dict[str, int]
    queue: Queue
    alarms: list[Alarm]
    closed: list[Closed]


def standing(tx: Tx, now: datetime) -> Standing:
    """Read in one picture of the database."""
    return Standing(push.reached(tx), push.keys(tx), push.queue(tx, now), push.alarms(tx), push.closed(tx))


def findings(
    data_dir: Path, told: Standing, now: datetime, *, contact: str | None, hosts: tuple[str, ...], demo: bool
) -> Iterator[Finding]:
    """Key and contact, what waits, and each push service with which something is wrong. Raises StoreRefused for a key that is of no use."""
    yield _key(data_dir, told)
    none = f"none: {_WHY[NO_CONTACT]}"
    yield Finding("push contact", contact or none, _WHY[NO_CONTACT] if contact is None and told.phones else None)
    if not demo and (own := [host for host in hosts if LOOPBACK_HOST.fullmatch(host)]):
        yield Finding("push_hosts", f"{', '.join(own)} is on this machine", "it is for tests alone: take it out")
    yield _waiting(told, now)
    for alarm in told.alarms:
        known = alarm.reason in ("not_our_key", "wrong_key", "VapidPkHashMismatch")
        mend = _SUBSCRIBES if known else _MEND.get(alarm.status, _WHY.get(alarm.reason, _MEND[400]))
        answer = f"{alarm.status or 'not asked'} {alarm.reason}".removesuffix(f" {alarm.status}")
        yield Finding(
            f"push to {alarm.origin}", f"refused ({answer}): {_phones(alarm.phones)} since {alarm.since}", mend
        )
    for one in told.closed:
        found = f"nothing comes through since {moment(one.since)} ({one.why}): {_phones(one.phones)}; tried again {moment(one.until)}"
        at_once = one.why in ("closed_address", NO_CONTACT)
        wait = _WHY.get(one.why, "wait: it says itself that it is busy")
        yield Finding(f"push to {one.origin}", found, wait if at_once or now - one.since >= LONG else None)


def _key(data_dir: Path, told: Standing) -> Finding:
    every = vapid.found(data_dir)
    if not every:
        if told.phones:
            return Finding("push key", f"gone, and {_phones(told.phones)}", "put DATA_DIR/keys back from a backup")
        return Finding("push key", "none yet (`make run` makes one)")
    present = every[-1]
    old = sum(count for key, count in told.keys.items() if key in {one.public for one in every[:-1]})
    lost = sum(count for key, count in told.keys.items() if key and key not in {one.public for one in every})
    found = f"number {present.number}, {present.public[:12]}…, {_phones(told.keys.get(present.public, 0))}"
    if len(every) > 1:
        found += f"; {len(every) - 1} from before, {_phones(old)}"
    if lost:
        return Finding(
            "push key", f"{found}; {_phones(lost)} by keys that are not here", "put DATA_DIR/keys back from a backup"
        )
    return Finding("push key", found)


def _waiting(told: Standing, now: datetime) -> Finding:
    queue = told.queue
    found = f"{_phones(told.phones)}; {queue.due} wait, {queue.waiting - queue.due} are for later"
    if queue.oldest is None:
        return Finding("pushes", found)
    found += f"; the oldest since {moment(queue.oldest)}"
    return Finding("pushes", found, "start the server, or look below" if now - queue.oldest >= LONG else None)


def _phones(count: int) -> str:
    return "1 phone" if count == 1 else f"{count} phones"
