import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.decoding import decode
from kg.errors import InputError

WESTERN = "“We leave with a date,” Sultani said – it’s the €5 café. José Muñoz met François Holland in Málaga."
CENTRAL = "Deputy Čaputić met Łukasz Wójcik and Jiří Němec in Brno; the minister spoke with Zoltán Szűcs."
RUSSIAN = "The president met the minister in Moscow. Владимир Петров, the envoy, said that he would travel to Paris."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((WESTERN, e) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman")),
        (WESTERN * 40, "cp1252"),
        ("The café in Málaga.", "latin-1"),
        ("The minister met him in Oslo. " * 300 + "It is José.", "cp1252"),
        (CENTRAL, "cp1250"),
        (CENTRAL, "iso8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
    ],
)
def test_the_encoding_is_told(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_what_the_page_declares_counts_where_it_is_not_utf_8() -> None:
    text = "安倍首相 met President Obama in 東京."
    assert decode(text.encode("shift_jis"), declared="Shift_JIS") == text
    assert decode("It’s here.".encode("cp1252"), declared="ISO-8859-1") == "It’s here."
    assert decode("café".encode(), declared="latin-1") == "café"
    assert decode("café".encode("latin-1"), declared="no-such-codec\x00") == "café"
    assert decode("café".encode("latin-1"), declared="zip") == "café"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)), b"\x01\x02\x03" * 50, b"PK\x03\x04\x14\x00\x00\x00"],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.sampled_from(["\n", "\r\n", "\r"])
)
def test_utf_8_comes_back_unchanged(text: str, end: str) -> None:
    content = text + end + text
    assert decode(b"\xef\xbb\xbf" + content.encode("utf-8")) == content


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except InputError as error:
        assert "\n" not in str(error)
