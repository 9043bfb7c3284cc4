"""All numbers are made up: stems of nines, with check digits computed here or by hand."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab import identifiers
from narrows.vocab.identifiers import check, e164, email_domain, is_free_mail, web_domain


@pytest.mark.parametrize(
    ("text", "country", "value"),
    [
        ("DE 999 000 113", None, "DE999000113"), ("999000113", "DE", "DE999000113"),
        ("USt-IdNr.: DE999000113", "DE", "DE999000113"), ("VAT No de999000113", "FR", "DE999000113"),
        ("ATU99000124", None, "ATU99000124"), ("U99000124", "AT", "ATU99000124"),
        ("EL999000123", None, "EL999000123"), ("999000123", "GR", "EL999000123"),
        ("GR999000123", None, "EL999000123"), ("GB 999 0001 03", None, "GB999000103"),
        ("XI999000103", None, "XI999000103"), ("CHE-999.000.120 MWST", None, "CHE999000120"),
        ("999000120", "CH", "CHE999000120"), ("NO 999 000 126 MVA", None, "NO999000126"),
        ("999000126", "NO", "NO999000126"), ("9990001231", "TR", "TR9990001231"),
        ("VKN: 999 000 1231", "TR", "TR9990001231"), ("PL 999-000-12-32", None, "PL9990001232"),
        ("٩٩٩٠٠٠١٢٣١", "TR", "TR9990001231"), ("9990001238", "RU", "RU9990001238"),
    ],
)  # fmt: skip
def test_a_vat_number_is_brought_to_one_form(text: str, country: str | None, value: str) -> None:
    assert check("vat", text, country) == identifiers.Identifier("vat", value, True, "")


@pytest.mark.parametrize(
    ("text", "country", "valid", "why"),
    [
        ("DE999000114", None, False, "check digits"), ("9990001232", "TR", False, "check digits"),
        ("12345", "DE", False, "length"), ("100999000199903", "AE", None, "no rule"),
        ("999000113", None, None, "names a country"), ("9990001", "RU", None, "length"),
    ],
)  # fmt: skip
def test_wrong_and_unknown_are_kept_apart(text: str, country: str | None, valid: bool | None, why: str) -> None:
    found = check("vat", text, country)
    assert found is not None
    assert found.valid is valid
    assert why in found.reason


@pytest.mark.parametrize(
    ("scheme", "text", "country"),
    [
        ("vat", "99900012336", "TR"), ("vat", "TR99900012336", None), ("vat", "999 000 123 36", None),
        ("vat", "99900012337", "TR"), ("registration", "99900012336", "TR"), ("vat", "999900012345", "RU"),
        ("vat", "99990012345", "PL"), ("eori", "IT" + "XXXXXX99X99X999X", None),
        ("registration", "19990101-9999", "SE"),
    ],
)  # fmt: skip
def test_the_digits_of_a_person_are_not_kept(scheme: str, text: str, country: str | None) -> None:
    found = check(scheme, text, country)
    assert found is not None
    assert (found.scheme, found.value, found.valid) == ("person", "", None)
    assert not any(char.isdecimal() for char in found.reason)


@pytest.mark.parametrize(
    "text", ["", "-", "n/a", "yok", "0000000000", "1111111111", "TR2222222222", "1234567890", None]
)
@pytest.mark.parametrize("scheme", ["vat", "registration", "eori"])
def test_what_stands_in_for_a_number_is_none(scheme: str, text: str | None) -> None:
    assert check(scheme, text, "TR") is None


def test_a_register_number_is_judged_where_its_country_has_a_rule() -> None:
    right, wrong = check("registration", "999 000 128", "FR"), check("registration", "999000129", "FR")
    foreign = check("registration", "99-A", "AE")
    assert right == identifiers.Identifier("registration", "999000128", True, "")
    assert wrong is not None and wrong.valid is False
    assert foreign is not None and (foreign.value, foreign.valid) == ("99A", None)


def test_a_german_register_number_needs_its_court() -> None:
    whole, bare = check("registration", "Aachen HRB 99999", "DE"), check("registration", "HRB 99999", "DE")
    assert whole is not None and (whole.value, whole.valid) == ("AACHENHRB99999", True)
    assert bare is not None and (bare.value, bare.valid) == ("HRB99999", None)


def test_international_numbers() -> None:
    stem = "9999ZZZZZZZZZZZZZZ"
    digits = int("".join(str(int(char, 36)) for char in stem) + "00")
    number = f"{stem}{98 - digits % 97:02d}"
    assert check("lei", number.lower()) == identifiers.Identifier("lei", number, True, "")
    wrong, short = check("lei", stem + "00"), check("lei", "99ZZ")
    assert wrong is not None and wrong.valid is False and "check digits" in wrong.reason
    assert short is not None and short.valid is False and "length" in short.reason
    # The example of the IBAN registry's handbook, and the same with a slip.
    assert check("iban", "GB82 WEST 1234 5698 7654 32") == identifiers.Identifier(
        "iban", "GB82WEST12345698765432", True, ""
    )
    slip = check("iban", "GB82 WEST 1234 5698 7654 33")
    assert slip is not None and slip.valid is False


def test_an_eori_number_has_a_form_only() -> None:
    right, wrong = check("eori", "DE 9990001"), check("eori", "9990001")
    assert right is not None and (right.value, right.valid) == ("DE9990001", None)
    assert wrong is not None and wrong.valid is False


def test_an_unknown_scheme_is_kept_without_a_verdict() -> None:
    found = check("customer-no", "99-a 1")
    assert found is not None
    assert (found.scheme, found.value, found.valid) == ("customer-no", "99A1", None)


def test_every_rule_named_in_the_file_exists() -> None:
    rules = identifiers._rules()
    named = [
        (country, name) for table in ("tax", "registers") for country, names in rules[table].items() for name in names
    ]
    named += [(country, entry["rule"]) for country, entry in rules["persons"].items() if "rule" in entry]
    named += [(country, "vat") for country in rules["vat"]["complete"] if country not in rules["tax"]]
    assert [pair for pair in named if identifiers._module(*pair) is None] == []


@given(
    st.sampled_from(["vat", "registration", "eori", "lei", "iban", "other"]),
    st.one_of(st.text(max_size=24), st.from_regex(r"\A[A-Z]{0,3}[0-9 .-]{5,16}[A-Z]{0,3}\Z")),
    st.sampled_from([None, "TR", "DE", "FR", "GB", "CH", "NO", "SE", "RU", "AE", "ES", "IT", "CN", "BG"]),
)
@settings(deadline=None)
def test_checking_never_raises_nor_goes_online(scheme: str, text: str, country: str | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", None)
        found = check(scheme, text, country)
    if found is not None and found.valid is True and scheme != "registration":
        again = check(scheme, found.value, country)
        assert again is not None and again.valid is True


@pytest.mark.parametrize(
    ("phone", "country", "number"),
    [
        # Numbers that the United Kingdom's regulator keeps for fiction.
        ("+44 20 7946 0018", None, "+442079460018"), ("0044 20 7946 0018", None, "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"), ("020 7946 0018 ext. 5", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", "TR", "+442079460018"), ("٠٢٠ ٧٩٤٦ ٠٠١٨", "GB", "+442079460018"),
        ("020 7946 0018", None, None), ("12", "GB", None), ("call me", "GB", None), ("", "GB", None),
        (None, "GB", None),
    ],
)  # fmt: skip
def test_a_telephone_number_has_one_form(phone: str | None, country: str | None, number: str | None) -> None:
    assert e164(phone, country) == number


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@Example.COM", "example.com"), ("Office <office@shop.example.org>", "shop.example.org"),
        ("mailto:a@example.org?subject=x", "example.org"), ("a@example.org; b@example.com", "example.org"),
        ("a@münze.example", "münze.example"), ("a@example.org.", "example.org"), ("a@b", None),
        ("example.org", None), ("a@@example.org", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_the_domain_of_a_mail_address(email: str | None, domain: str | None) -> None:
    assert email_domain(email) == domain


def test_free_mailboxes_tell_nothing_about_a_firm() -> None:
    assert all(map(is_free_mail, ["gmail.com", "GMAIL.com", "yahoo.com.tr", "hotmail.fr", "yandex.ru", "web.de"]))
    assert not any(
        map(is_free_mail, ["example.com", "live.example.com", "yahoo.example.com", "gmail.com.example.org", ""])
    )


@given(st.text(), st.sampled_from([None, "TR", "ZZ"]))
@settings(deadline=None)
def test_reaching_never_raises(text: str, country: str | None) -> None:
    e164(text, country)
    domain = email_domain(text)
    assert domain is None or is_free_mail(domain) in (True, False)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.example.com.tr/en?x=1", "example.com.tr"), ("WWW.EXAMPLE.COM", "example.com"),
        ("Office@Mail.Example.com.tr", "example.com.tr"), ("shop.example.de", "example.de"),
        ("Web: example.co.uk, Tel: 1", "example.co.uk"), ("http://example.ae:8080", "example.ae"),
        ("first.last@example.org", "example.org"), ("örnek.com.tr", "örnek.com.tr"), ("co.uk", "co.uk"),
        ("no web page", None), ("12.5", None), ("192.0.2.1", None), ("a..b", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_the_domain_of_a_web_or_mail_address(text: str | None, domain: str | None) -> None:
    assert web_domain(text) == domain


@given(st.text())
def test_a_domain_is_its_own(text: str) -> None:
    domain = web_domain(text)
    assert domain is None or web_domain(domain) == domain
