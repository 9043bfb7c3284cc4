"""Identifiers with right check digits, in ranges that are not issued."""

from __future__ import annotations

from stdnum import iban as iban_rules
from stdnum import iso6346
from stdnum.at import uid
from stdnum.bg import vat as bg_vat
from stdnum.iso7064 import mod_11_10
from stdnum.tr import vkn


def _scattered(serial: int, digits: int) -> str:
    """Return the serial number so mixed up that neighbours look unlike; no two of one length are the same."""
    return f"{(serial * 7919 + 31337) % 10**digits:0{digits}d}"


def tax_number(country: str, serial: int) -> str:
    """Return the VAT or tax number of the firm with this serial number; empty where this case has none."""
    match country:
        case "DE":
            body = f"99{_scattered(serial, 6)}"
            return f"DE{body}{mod_11_10.calc_check_digit(body)}"
        case "AT":
            body = f"U99{_scattered(serial, 5)}"
            return f"AT{body}{uid.calc_check_digit(body)}"
        case "BG":
            body = f"9999{_scattered(serial, 4)}"
            return f"BG{body}{bg_vat.calc_check_digit_legal(body)}"
        case "TR":
            body = f"00{_scattered(serial, 7)}"
            return f"{body}{vkn.calc_check_digit(body)}"
        case _:
            return ""


def registration(country: str, town: str, serial: int) -> str:
    """Return a company register number in the way the country writes it."""
    match country:
        case "DE":
            return f"HRB 99{_scattered(serial, 4)} {town.split()[0]}"
        case "AT":
            return f"FN 99{_scattered(serial, 4)} x"
        case "BG":
            return tax_number("BG", serial)[2:]
        case "TR":
            return f"Sicil 99{_scattered(serial, 4)}"
        case _:
            return f"CR 99{_scattered(serial, 5)}"


def iban(country: str, serial: int) -> str:
    """Return an account number at a bank that does not exist; empty where this case has none."""
    bban = {
        "DE": f"99999999{_scattered(serial, 10)}",
        "AT": f"99999{_scattered(serial, 11)}",
        "BG": f"ZZZZ999910{_scattered(serial, 8)}",
        "TR": f"999990{_scattered(serial, 16)}",
    }.get(country, "")
    if not bban:
        return ""
    return f"{country}{iban_rules.calc_check_digits(f'{country}00{bban}')}{bban}"


def container(serial: int) -> str:
    """Return a container number after ISO 6346 under an owner code that nobody holds."""
    body = f"ZZXU{_scattered(serial, 6)}"
    return f"{body}{iso6346.calc_check_digit(body)}"


def mistyped(number: str) -> str:
    """Return the number with its last two different neighbouring digits swapped, as a tired hand does."""
    for i in range(len(number) - 2, 2, -1):
        if number[i] != number[i + 1]:
            return number[:i] + number[i + 1] + number[i] + number[i + 2 :]
    raise ValueError(number)
