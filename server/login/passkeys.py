"""WebAuthn's two ceremonies (Level 3, 7.1 and 7.2) by the webauthn package. The passkey is discoverable and verifies its user, so nobody
types a name and nobody can ask whose name is known here."""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from server.store.login import Key

TIMEOUT_MS: Final = 240_000


class NotThatPasskey(Exception):
    """The answer is none to that challenge, from that place, by that passkey."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks: `origin` as browsers tell it (https://host), and the municipality's name."""

    origin: str
    name: str

    @property
    def id(self) -> str:
        """The host that passkeys are bound to."""
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey: what its authenticator calls it, its public key (COSE) and its counter."""

    credential: bytes
    public_key: bytes
    count: int


def to_make(party: Party, challenge: bytes, person: str, name: str, known: list[bytes]) -> dict[str, Any]:
    """What the browser is told to make one with (PublicKeyCredentialCreationOptionsJSON). `known`: those that the person has."""
    options = generate_registration_options(
        rp_id=party.id, rp_name=party.name, user_id=person.encode(), user_name=name, user_display_name=name, challenge=challenge,
        timeout=TIMEOUT_MS, exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return dict(json.loads(options_to_json(options)))


def made(party: Party, challenge: bytes, answer: dict[str, Any]) -> Made:
    """The passkey that was made. Raises NotThatPasskey."""
    try:
        found = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=party.id, expected_origin=party.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise NotThatPasskey(str(wrong)) from wrong
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def to_use(party: Party, challenge: bytes) -> dict[str, Any]:
    """What the browser is told to log in with (PublicKeyCredentialRequestOptionsJSON)."""
    options = generate_authentication_options(
        rp_id=party.id, challenge=challenge, timeout=TIMEOUT_MS, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(json.loads(options_to_json(options)))


def used(party: Party, challenge: bytes, answer: dict[str, Any], key: Key) -> int:
    """The authenticator's counter after that login. Raises NotThatPasskey, also where a counter runs backwards (a copied key)."""
    try:
        found = verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=party.id, expected_origin=party.origin,
            credential_public_key=key.public_key, credential_current_sign_count=key.count, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise NotThatPasskey(str(wrong)) from wrong
    return found.new_sign_count
