"""The sender as a server runs it: from a delivery in the database to what a phone shows, whatever the push service answers."""

import asyncio
from pathlib import Path

from server.store.database import local
from tests.server.push.reached import TAG, nothing_waits, reach, states, tell, while_pushing
from tests.server.push.standin import StandIn


def test_what_waits_is_shown_by_each_phone_once(data_dir: Path) -> None:
    with StandIn() as service:
        phones = [service.phone() for _ in range(40)]
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, service, phones))
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert states(data_dir) == {"sent": 40}
    assert service.wrong == []
    assert [phone.times for phone in phones] == [{TAG: 1}] * 40
    (shown,) = phones[0].shown.values()
    assert (shown["title"], shown["lang"]) == ("Kaffe i Medborgerhuset", "da")
    assert shown["navigate"] == "https://moede.example/det-sker/kaffe#20260312"
    assert shown["data"]["event_id"] == TAG.split(".")[0]
    assert shown["data"]["day"] == "2026-03-12"
