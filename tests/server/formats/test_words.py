"""Names of registers in capitals, as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.formats.register import geofa
from server.formats.words import spoken


@pytest.mark.parametrize(
    ("register", "people"),
    [
        ("VANDRESTI SUNDBY - NYKØBING F.", "Vandresti Sundby - Nykøbing F."),
        (
            "VANDRESTI SUNDBY STORSKOV OG STRANDENGENE VED GULDBORGSUND",
            "Vandresti Sundby Storskov og Strandengene ved Guldborgsund",
        ),
        ("TOILET", "Toilet"),
        ("HANNENOV SKOV TOILET", "Hannenov Skov toilet"),
        ("ØSTERSØSTIEN", "Østersøstien"),
        ("ÅSTIEN I ÆBLEHAVEN", "Åstien i Æblehaven"),
        ("NR. ALSLEV, SDR. KIRKEBY", "Nr. Alslev, Sdr. Kirkeby"),
        ("NR ØRSLEV", "Nr Ørslev"),
        ("RUTE NR. 5", "Rute nr. 5"),
        ("CYKELRUTE DK 38", "Cykelrute DK 38"),
        ("CHRISTIAN IV'S SKANSE", "Christian IV's Skanse"),
        ("RUTE II", "Rute II"),
        ("RUNDTUR I", "Rundtur I"),
        ("FDF-HYTTEN VED P-PLADSEN", "FDF-hytten ved P-pladsen"),
        ("MTB-SPOR PÅ 5 KM", "MTB-spor på 5 km"),
        ("HAVNEN V. ÅEN", "Havnen v. Åen"),
        ("NYSTED/KETTINGE", "Nysted/Kettinge"),
        ("ERIK'S BÆNK", "Erik's bænk"),
        # What can not be known, or is written by people already, stays.
        ("DK", "DK"),
        ("DUI", "DUI"),
        ("E47", "E47"),
        ("Vandresti SUNDBY", "Vandresti SUNDBY"),
        ("shelter ved åen", "shelter ved åen"),
        ("1371", "1371"),
    ],
)
def test_a_name_in_capitals_is_written_as_people_write_it(register: str, people: str) -> None:
    assert spoken(register) == people


def test_each_language_has_its_own_small_words() -> None:
    fields = {"navn": "STIEN VED SUNDET", "navn_uk": "THE PATH BY THE SOUND", "navn_d": "DER WEG AM SUND"}
    assert geofa.name_of(fields) == {"da": "Stien ved Sundet", "en": "The Path by the Sound", "de": "Der Weg am Sund"}


def test_what_keys_are_made_of_keeps_the_registers_own_form() -> None:
    fields = {"navn": "STIEN VED SUNDET", "rute_ty_k": "5", "cvr_kode": "29188599"}
    assert geofa.called(fields) == "STIEN VED SUNDET"
    assert geofa.route_of(fields) == ("29188599", "STIEN VED SUNDET", "5")


@settings(deadline=None)
@given(st.text(alphabet="ABDEFGIKMNORSTVXÆØÅ .-/'5(", max_size=40))
def test_only_the_size_of_letters_changes_and_twice_is_once(name: str) -> None:
    told = spoken(name)
    assert told.upper() == name
    assert spoken(told) == told or told.isupper()
