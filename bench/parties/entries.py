"""One entry of a firm in an order book: name, address, and what else the clerk had."""

from __future__ import annotations

from bench.parties.dice import Dice
from bench.parties.firms import Firm, Firms, Phone, Site
from bench.parties.mess import truncated, typo, wrong_digit
from bench.parties.names import Hand, name
from bench.parties.scripts import latin_of_cyrillic
from bench.parties.words import countries, table

COLUMNS = ("Customer Name", "Customer Address", "City", "Postcode", "Country", "Phone", "E-mail", "Tax Number")
Entry = tuple[str | None, ...]
LOCAL = ("info", "info", "info", "export", "sales", "satis", "muhasebe", "purchase")


class Clerk:
    """Enters firms, each time with another hand."""

    def __init__(self, dice: Dice, firms: Firms) -> None:
        self.dice, self.firms, self.rates = dice, firms, table("rates")

    def entry(self, firm: Firm) -> Entry:
        """A fresh entry of a firm: the values in the order of COLUMNS, None where there is none."""
        dice, given, rates = self.dice, self.rates["values"], self.rates["entries"]
        hand = Hand(firm.kind, dice, self.rates)
        at = dice.below(len(firm.sites))
        branch, site = at > 0, firm.sites[at]
        city = self._city(site, hand)
        named = city if branch and dice.chance(rates["branch_named"]) else ""
        phone = firm.phones[-at] if branch else dice.pick(firm.phones)
        return (
            name(firm, named, hand),
            self._address(firm, site, city, hand) if dice.chance(given["address"]) else None,
            city if dice.chance(given["city"]) else None,
            site.postcode or None if dice.chance(given["postcode"]) else None,
            self._country(site) if dice.chance(given["country"]) else None,
            self._phone(phone) if dice.chance(given["phone"]) else None,
            self._mail(firm) if dice.chance(given["mail"]) else None,
            self._tax(firm, at) if firm.tax and dice.chance(given["tax"]) else None,
        )

    def again(self, entry: Entry) -> Entry:
        """An entry used once more, in a row of its own."""
        dice, rates = self.dice, self.rates["rows"]
        if dice.chance(rates["value_lost"]):
            at = 1 + dice.below(len(entry) - 1)
            entry = (*entry[:at], None, *entry[at + 1 :])
        if dice.chance(rates["name_typo"]):
            entry = (typo(entry[0] or "", dice), *entry[1:])
        return entry

    def _city(self, site: Site, hand: Hand) -> str:
        place, dice = site.place, self.dice
        if dice.chance(self.rates["addresses"]["district_as_city"]) and hand.latin and hand.kind != "ru":
            return hand.finish(site.district, hand.case)
        if hand.route == "arabic" or (hand.kind == "ar" and not hand.latin and hand.route != "cyrillic"):
            return place.arabic
        if hand.route == "cyrillic":
            return place.cyrillic
        text = place.names[0] if dice.chance(0.8) else dice.pick(place.names)
        if hand.kind == "ru" and hand.latin:
            text = latin_of_cyrillic(text, hand.habit)
        return hand.finish(text, hand.case)

    def _address(self, firm: Firm, site: Site, city: str, hand: Hand) -> str:
        dice, rates, habits = self.dice, self.rates["addresses"], table("words")["addresses"]
        if dice.chance(self.rates["entries"]["forwarder"]):
            site = dice.pick(self.firms.forwarders[firm.kind])
        elif dice.chance(self.rates["entries"]["old_address"]):
            firm.earlier = site = firm.earlier or self.firms.site(firm.kind)
        habit = "latin" if hand.kind == "ar" and hand.route != "native" else hand.kind
        written = 0 if habit == hand.kind else 1
        text = dice.pick(habits[f"{habit}_shared" if site.building[0] else habit]).format(
            quarter=site.quarter[written],
            street=site.street[written],
            building=site.building[written],
            district=site.district,
            no=site.no,
            unit=site.unit,
        )
        # In another script the whole address is; in its own, Arabic is not made of Latin letters.
        text = text if hand.kind == "ar" and hand.route == "native" else hand.letters(text, text)
        if dice.chance(rates["city_appended"]):
            text += f" {city}"
        text = hand.finish(text, "upper" if dice.chance(rates["upper"]) else "as is")
        if dice.chance(rates["typo"]):
            text = typo(text, dice)
        return truncated(text) if dice.chance(rates["truncated"]) else text

    def _country(self, site: Site) -> str:
        names = countries()[site.place.country].names
        return names[0] if self.dice.chance(0.4) else self.dice.pick(names)

    def _phone(self, phone: Phone) -> str:
        dial, area, n = phone.dial, phone.area, phone.number
        if self.dice.chance(self.rates["entries"]["no_area_code"]):
            return n
        return (
            f"+{dial} {area} {n[:3]} {n[3:5]} {n[5:]}",
            f"+{dial}{area}{n}",
            f"0{area} {n[:3]} {n[3:]}",
            f"(0{area}) {n}",
            f"00{dial} {area} {n}",
            f"{dial}-{area}-{n[:3]}-{n[3:]}",
        )[self.dice.below(6)]

    def _mail(self, firm: Firm) -> str:
        mail = self.dice.pick(firm.mails)
        mail = self.dice.pick(LOCAL) + mail if mail.startswith("@") else mail
        return mail.upper() if self.dice.chance(0.1) else mail

    def _tax(self, firm: Firm, at: int) -> str:
        dice, rates = self.dice, self.rates["entries"]
        number = wrong_digit(firm.tax, dice) if dice.chance(rates["tax_mistyped"]) else firm.tax
        if at and dice.chance(rates["branch_suffix"]):
            return f"{number}-{at + 1:03d}"
        return f"{firm.sites[0].place.country} {number}" if dice.chance(rates["tax_prefixed"]) else number
