"""Our keys: made once, read by nobody else, living beside each other, each signing for one push service at a time."""

import base64
import json
import os
import stat
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from server.push import vapid
from server.store.refusal import StoreRefused

DAY = 86400.0


def test_the_first_start_makes_a_key_that_its_owner_alone_reads_and_the_next_finds_it(tmp_path: Path) -> None:
    public = vapid.public_key(tmp_path)
    (file,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    point = base64.urlsafe_b64decode(public + "=")
    assert (len(point), point[0], "=" in public) == (65, 4, False)
    assert vapid.public_key(tmp_path) == public


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    vapid.public_key(tmp_path)
    (file,) = (tmp_path / "keys").iterdir()
    file.chmod(0o640)
    os.utime(file.parent)
    with pytest.raises(StoreRefused, match="chmod 600"):
        vapid.keys(tmp_path)


@pytest.mark.parametrize("spoilt", [b"", b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n"])
def test_a_spoilt_key_is_told_and_not_made_anew(tmp_path: Path, spoilt: bytes) -> None:
    vapid.public_key(tmp_path)
    (file,) = (tmp_path / "keys").iterdir()
    file.write_bytes(spoilt)
    os.utime(file.parent)
    with pytest.raises(StoreRefused, match="no P-256 key"):
        vapid.keys(tmp_path)
    assert file.read_bytes() == spoilt


def test_after_a_rotation_phones_subscribe_with_the_new_key_and_the_old_one_is_still_ours(tmp_path: Path) -> None:
    old = vapid.public_key(tmp_path)
    new = vapid.rotate(tmp_path)
    assert vapid.public_key(tmp_path) == new.public != old
    assert [key.public for key in vapid.keys(tmp_path)] == [old, new.public]
    assert vapid.is_ours(tmp_path, old)
    assert not vapid.is_ours(tmp_path, old[:-1] + ("A" if old[-1] != "A" else "E"))


def test_a_key_stays_while_a_phone_is_reached_by_it_and_thirty_days_beyond_its_rotation(tmp_path: Path) -> None:
    old, new = vapid.keys(tmp_path)[0], vapid.rotate(tmp_path)
    assert vapid.retire(tmp_path, [], new.made + 29 * DAY) == []
    assert vapid.retire(tmp_path, [old.public], new.made + 400 * DAY) == []
    assert vapid.retire(tmp_path, [new.public], new.made + 31 * DAY) == [old]
    assert [key.public for key in vapid.keys(tmp_path)] == [new.public]
    assert vapid.rotate(tmp_path).number == 3


def test_the_present_key_is_never_retired(tmp_path: Path) -> None:
    only = vapid.public_key(tmp_path)
    assert vapid.retire(tmp_path, [], 1e12) == []
    assert vapid.public_key(tmp_path) == only


def test_no_key_is_printed(tmp_path: Path) -> None:
    key = vapid.keys(tmp_path)[0]
    assert "PRIVATE" not in repr(key)


def test_each_push_service_has_claims_of_its_own_and_a_token_is_signed_once(tmp_path: Path) -> None:
    key, now = vapid.keys(tmp_path)[0], 1_790_000_000.0
    tokens = vapid.Tokens("mailto:moedesteder@kommune.example", lambda: now)
    seen: dict[str, str] = {}
    for origin in ("https://fcm.googleapis.com", "https://web.push.apple.com", "https://fcm.googleapis.com"):
        header = tokens.authorization(origin, key)
        seen.setdefault(origin, header)
        assert header == seen[origin]
        token, shown = header.removeprefix("vapid t=").split(", k=")
        assert shown == key.public
        claims = jwt.decode(token, ECKey.import_key(key.pem), algorithms=["ES256"]).claims
        assert claims == {"aud": origin, "exp": int(now) + 12 * 3600, "sub": "mailto:moedesteder@kommune.example"}
        head = token.split(".")[0]
        assert json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))) == {"alg": "ES256", "typ": "JWT"}


def test_a_token_is_renewed_an_hour_before_it_ends_and_where_the_clock_was_set_back(tmp_path: Path) -> None:
    key, at = vapid.keys(tmp_path)[0], [1_790_000_000.0]
    tokens = vapid.Tokens("mailto:moedesteder@kommune.example", lambda: at[0])
    first = tokens.authorization("https://fcm.googleapis.com", key)
    at[0] += 11 * 3600 - 1
    assert tokens.authorization("https://fcm.googleapis.com", key) == first
    at[0] += 1
    second = tokens.authorization("https://fcm.googleapis.com", key)
    assert second != first
    at[0] -= 26 * 3600
    assert tokens.authorization("https://fcm.googleapis.com", key) not in (first, second)


def test_two_keys_sign_beside_each_other(tmp_path: Path) -> None:
    old, new = vapid.keys(tmp_path)[0], vapid.rotate(tmp_path)
    tokens = vapid.Tokens("mailto:moedesteder@kommune.example")
    assert tokens.authorization("https://fcm.googleapis.com", old).endswith(f"k={old.public}")
    assert tokens.authorization("https://fcm.googleapis.com", new).endswith(f"k={new.public}")
