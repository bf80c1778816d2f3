"""The files made from the Structs are current (`make types` writes them)."""

from server import generated


def test_the_phones_types_and_the_openapi_document_are_what_the_code_says() -> None:
    assert generated.write(check=True) == []
