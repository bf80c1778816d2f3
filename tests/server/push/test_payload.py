"""What a phone is sent: whole without network, never too long for any push service, cut where a sign ends."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from server.push.graphemes import cut, ends
from server.push.payload import BODY_MOST, BUCKETS, SHRUNK, Said, encrypted, plain, topic
from tests.server.push.standin import Phone

ROOT = Path(__file__).parents[3]
LONG: dict[str, Any] = json.loads((ROOT / "tests/cases/push-long-notice.json").read_bytes())
NODE = "const s=new Intl.Segmenter('da');for(const t of JSON.parse(require('fs').readFileSync(0)))console.log([...s.segment(t)].length)"


def said(title: str = "Kaffe", body: str = "I morgen kl. 14.", **more: Any) -> Said:
    words = {"about": "019d4000-0000-7000-8000-000000000001.20260312", "what": "evening", "revision": 0, "lang": "da"}
    return Said(
        **{**words, "open": "/det-sker/kaffe#20260312", "origin": "https://moede.dk", **more}, title=title, body=body
    )


def shown(data: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(data)["notification"]
    return told


def sealed(data: bytes) -> bytes:
    phone = Phone("x")
    point = phone.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return encrypted(data, point, phone.auth)


def test_the_payload_is_what_both_safari_and_a_service_worker_understand() -> None:
    assert json.loads(plain(said())) == {
        "web_push": 8030,
        "notification": {
            "title": "Kaffe",
            "body": "I morgen kl. 14.",
            "navigate": "https://moede.dk/det-sker/kaffe#20260312",
            "lang": "da",
            "tag": "019d4000-0000-7000-8000-000000000001.20260312/evening/0",
            "data": {
                "open": "/det-sker/kaffe#20260312",
                "tag": "019d4000-0000-7000-8000-000000000001.20260312/evening/0",
                "what": "evening",
                "event_id": "019d4000-0000-7000-8000-000000000001",
                "day": "2026-03-12",
            },
        },
    }


def test_a_notice_is_of_no_event() -> None:
    notice = shown(plain(said(about="019d4000-0000-7000-8000-000000000002", what="notice", revision=1)))
    assert (notice["data"]["event_id"], notice["data"]["day"]) == (None, None)
    assert notice["tag"] == "019d4000-0000-7000-8000-000000000002/notice/1"


def test_texts_of_different_length_give_bodies_of_one_length() -> None:
    assert {len(sealed(plain(said(body="x" * n)))) for n in (1, 30, 60, 120, 300)} == {BUCKETS[0] + 103}


def test_the_long_notice_of_the_cases_is_cut_on_a_whole_sign_and_fits() -> None:
    data = plain(said(LONG["title"], LONG["body"]))
    assert len(sealed(data)) <= BODY_MOST
    told = shown(data)
    assert told["title"] == LONG["title"]
    assert told["body"].endswith("…")
    kept = told["body"][:-1]
    assert LONG["body"].startswith(kept)
    assert len(kept) in set(ends(LONG["body"]))
    assert len(data.rstrip()) > BUCKETS[-1] - 60  # no more is cut than must be


def test_shrunk_once_it_is_a_third_and_still_says_what_it_is() -> None:
    data = plain(said(LONG["title"], LONG["body"]), shrunk=True)
    assert len(data) <= SHRUNK
    told = shown(data)
    assert told["title"] == LONG["title"]
    assert told["body"].startswith("Kære alle på ruten!")
    assert told["body"].endswith("…")


@given(st.text(max_size=6000), st.text(max_size=4000))
def test_whatever_is_written_it_fits(title: str, body: str) -> None:
    for data in (plain(said(title, body, open="/det-sker/" + "a" * 80 + "#20260312")),):
        assert len(data) in BUCKETS
        assert len(data) + 103 <= BODY_MOST
        json.loads(data)
    assert len(plain(said(title[:40], body), shrunk=True)) <= SHRUNK or len(title.encode()) > 200


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("kort", 4, "kort"),
        ("korte", 4, "kor…"),
        ("Kom bare forbi", 12, "Kom bare…"),
        ("Kom bare forbi", 9, "Kom bare…"),
        ("Kom, bare forbi", 6, "Kom…"),
        ("ab👋🏽cd", 4, "ab…"),
        ("ab👋🏽cd", 5, "ab👋🏽…"),
        ("ab👨‍👩‍👧‍👦", 8, "ab…"),
        ("ab🇩🇰🇸🇪c", 4, "ab…"),
        ("ab🇩🇰🇸🇪c", 6, "ab🇩🇰…"),
        ("abe\u0301c", 4, "ab…"),
        ("\u0301\u0301\u0301\u0301", 2, "…"),
        ("", 0, ""),
    ],
)
def test_a_text_is_cut_after_a_whole_sign_and_a_whole_word(text: str, most: int, kept: str) -> None:
    assert cut(text, most) == kept


def test_signs_end_where_an_independent_reader_says() -> None:
    draw = random.Random(12)
    pieces = [
        *(
            "a",
            "æ",
            "å",
            " ",
            "\r\n",
            "\n",
            "e\u0301",
            "👋🏽",
            "🥾",
            "❤️",
            "👨‍👩‍👧‍👦",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "1️⃣",
            "🇩🇰",
            "🇸🇪",
            "🇩",
            "각",
            "ᄀ",
        ),
        *("ᅡ", "ᆨ", "नि", "ש\u05b8", "\u200d", "–", "…", "ö", "ẞ", "👩🏿‍🦽", "🧑‍🌾"),
    ]
    texts = [LONG["body"], *("".join(draw.choices(pieces, k=draw.randint(1, 12))) for _ in range(400))]
    told = subprocess.run(
        [ROOT / ".venv/bin/node", "-e", NODE], input=json.dumps(texts).encode(), capture_output=True, check=True
    )
    theirs = [int(line) for line in told.stdout.split()]
    wrong = [
        (text, len(list(ends(text))), n) for text, n in zip(texts, theirs, strict=True) if len(list(ends(text))) != n
    ]
    assert wrong == []


def test_a_topic_is_22_signs_of_base64url_and_one_for_each_tag() -> None:
    first, second = topic("a/evening/0"), topic("a/evening/1")
    assert (len(first), len(second), first == second) == (22, 22, False)
    assert set(first + second) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_each_message_is_encrypted_under_a_key_of_its_own_and_read_by_its_phone_alone() -> None:
    phone, other = Phone("x"), Phone("y")
    point = phone.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    first, second = (encrypted(plain(said()), point, phone.auth) for _ in range(2))
    assert first[21:86] != second[21:86]
    assert phone.read(first) == phone.read(second) == json.loads(plain(said()))
    with pytest.raises(Exception, match=r"."):
        other.read(first)
