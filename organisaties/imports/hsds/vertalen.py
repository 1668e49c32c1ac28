"""From the words of HSDS to our fields: one organisation with all its parts becomes plain values.

What does not fit a field of ours is left out with a remark; only a missing name is an error.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from organisaties.imports.rijen import Probleem, kort_af, telefoonnummer
from organisaties.imports.woorden import Woordenboek
from organisaties.keuzes import TALEN
from welzijnportal.validators import een_regel, kvk_nummer, meer_regels, normaliseer_postcode, rsin, webadres

_DAGEN = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}
_TALEN = {code for code, _ in TALEN}
_TIJD = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)")
_GEMEENTE = re.compile(r"\bGM\d{4}\b")


class Vertaler:
    """Turns organisations into values and gathers what is wrong with them."""

    def __init__(self, termen: dict[str, str], gemeenten: set[str]) -> None:
        self.termen, self.gemeenten = termen, gemeenten
        self.woorden = Woordenboek()
        self.problemen: list[Probleem] = []

    def vertaal(self, ding: dict[str, Any]) -> dict[str, Any] | None:
        """Return the values of one organisation; None when it has no name."""
        self.nummer = ding["nummer"]
        naam = self._regel(ding, "name", 120)
        if not naam:
            self._meld("name", "", "De naam ontbreekt.", is_fout=True)
            return None
        tekst = self._tekst(ding.get("description", ""), 10_000)
        diensten = {dienst["id"]: waarden for dienst in ding["service"] if (waarden := self._dienst(dienst))}
        locaties = {locatie["id"]: waarden for locatie in ding["location"] if (waarden := self._locatie(locatie))}
        kenmerken = {
            soort.upper(): regel
            for regel in ding["organization_identifier"]
            for soort in (regel.get("identifier_type", ""), regel.get("identifier_scheme", ""))
        }
        return {
            "organisatie": {
                "naam": naam,
                "ook_bekend_als": self._regel(ding, "alternate_name", 200),
                "kort": kort_af(" ".join(tekst.splitlines()[:1]), 160),
                "tekst": tekst,
                "email": self._email(ding.get("email", "")),
                "telefoon": self._telefoon(ding["phone"]),
                "website": self._web(ding.get("website", ""), "website"),
                "kvk_nummer": self._nummer(kenmerken, ("NL-KVK", "KVK", "KVK-NUMMER"), kvk_nummer),
                "rsin": self._nummer(kenmerken, ("NL-RSIN", "RSIN"), rsin),
                "opgericht_jaar": self._getal(ding.get("year_incorporated", ""), 1200, 2100),
            },
            "themas": self._themas(ding["attribute"], naam),
            "gemeenten": sorted(
                {
                    code
                    for dienst in ding["service"]
                    for gebied in dienst["service_area"]
                    for code in _GEMEENTE.findall(" ".join(map(str, gebied.values())))
                    if code in self.gemeenten
                }
            ),
            "locaties": locaties,
            "diensten": {
                pk: {**waarden, "locaties": [sleutel for sleutel in waarden["locaties"] if sleutel in locaties]}
                for pk, waarden in diensten.items()
            },
        }

    def _dienst(self, dienst: dict[str, Any]) -> dict[str, Any] | None:
        if dienst.get("status", "active") not in ("active", ""):
            return None
        naam = self._regel(dienst, "name", 120)
        if not naam:
            self._meld("service.name", dienst["id"], "Deze dienst heeft geen naam en is weggelaten.")
            return None
        van, tot = (
            self._getal(dienst.get("minimum_age", ""), 0, 120),
            self._getal(dienst.get("maximum_age", ""), 0, 120),
        )
        if van is not None and tot is not None and van > tot:
            van = tot = None
        kosten = self._kosten(dienst)
        return {
            "naam": naam,
            "tekst": self._tekst(dienst.get("description", ""), 5000),
            "leeftijd_van": van,
            "leeftijd_tot_en_met": tot,
            "is_gratis": not kosten,
            "kosten": kosten,
            "wachttijd": self._regel(dienst, "wait_time", 100),
            "aanmeldlink": self._web(dienst.get("url", ""), "service.url"),
            "talen": sorted({taal.get("code", "") for taal in dienst["language"]} & _TALEN),
            "themas": self._themas(dienst["attribute"], naam),
            "locaties": sorted({regel.get("location_id", "") for regel in dienst["service_at_location"]} - {""}),
            "tijden": self._tijden(dienst["schedule"]),
        }

    def _locatie(self, locatie: dict[str, Any]) -> dict[str, Any] | None:
        adres = next((a for a in locatie["address"] if a.get("address_type") != "postal"), None)
        if adres is None or not adres.get("city"):
            if locatie.get("location_type", "physical") == "physical":
                self._meld("location", locatie["id"], "Deze locatie heeft geen plaats en is weggelaten.")
            return None
        postcode = adres.get("postal_code", "")
        try:
            postcode = normaliseer_postcode(postcode) if postcode else ""
        except ValidationError:
            self._meld("postal_code", postcode, "Dit is geen Nederlandse postcode. Zij is weggelaten.")
            postcode = ""
        return {
            "naam": self._regel(locatie, "name", 120),
            "straat": self._regel(adres, "address_1", 120),
            "postcode": postcode,
            "plaats": self._regel(adres, "city", 80),
            "telefoon": self._telefoon(locatie["phone"]),
            "toelichting": self._tekst(locatie.get("description", ""), 1000),
            "tijden": self._tijden(locatie["schedule"]),
        }

    def _tijden(self, roosters: list[dict[str, Any]]) -> list[list[Any]]:
        """Return [day, from, to] of the weekly hours; a season or another rhythm is not a week."""
        tijden = set()
        for rooster in roosters:
            begin, einde = _TIJD.match(rooster.get("opens_at", "")), _TIJD.match(rooster.get("closes_at", ""))
            weekelijks = rooster.get("freq", "WEEKLY") == "WEEKLY" and rooster.get("interval", "1") in ("1", "1.0", "")
            if not (begin and einde and weekelijks) or rooster.get("valid_to") or rooster.get("valid_from"):
                continue
            van, tot = (f"{int(m[1]):02}:{m[2]}" for m in (begin, einde))
            for dag in rooster.get("byday", "").split(","):
                if dag.strip() in _DAGEN and van < tot:
                    tijden.add((_DAGEN[dag.strip()], van, tot))
        overlap: list[list[Any]] = []
        for dag, van, tot in sorted(tijden):
            if not overlap or overlap[-1][0] != dag or overlap[-1][2] < van:
                overlap.append([dag, van, tot])
            else:
                overlap[-1][2] = max(overlap[-1][2], tot)
        return overlap

    def _themas(self, kenmerken: list[dict[str, Any]], naam: str) -> list[str]:
        termen = [self.termen.get(regel.get("taxonomy_term_id", ""), "") for regel in kenmerken]
        slugs, _ = self.woorden.themas_van("; ".join(filter(None, termen)), naam)
        return slugs

    def _kosten(self, dienst: dict[str, Any]) -> str:
        if dienst.get("fees_description"):
            kosten = self._regel(dienst, "fees_description", 200)
            return "" if kosten.lower() in ("gratis", "geen", "free", "0") else kosten
        for optie in dienst["cost_option"]:
            try:
                bedrag = Decimal(optie.get("amount", "0") or "0")
            except InvalidOperation:
                continue
            if bedrag.is_finite() and 0 < bedrag < 100_000:
                return f"€ {bedrag:.2f}".replace(".", ",")
        return ""

    def _meld(self, kolom: str, waarde: str, melding: str, *, is_fout: bool = False) -> None:
        self.problemen.append(Probleem(self.nummer, kolom, waarde[:80], melding, is_fout))

    def _regel(self, ding: dict[str, Any], veld: str, lengte: int) -> str:
        tekst = " ".join(str(ding.get(veld, "")).split())
        try:
            een_regel(tekst)
        except ValidationError:
            self._meld(veld, "", "Hier staat een teken dat wij niet kunnen bewaren. Het is weggelaten.")
            return ""
        if len(tekst) > lengte:
            self._meld(veld, tekst, f"Dit is langer dan {lengte} tekens en is ingekort.")
        return kort_af(tekst, lengte)

    def _tekst(self, tekst: str, lengte: int) -> str:
        tekst = tekst.replace("\r\n", "\n").strip()
        try:
            meer_regels(tekst)
        except ValidationError:
            self._meld("description", "", "Hier staat een teken dat wij niet kunnen bewaren. De tekst is weggelaten.")
            return ""
        return kort_af(tekst, lengte)

    def _email(self, waarde: str) -> str:
        try:
            validate_email(waarde)
        except ValidationError:
            if waarde:
                self._meld("email", waarde, "Dit is geen e-mailadres. Het is weggelaten.")
            return ""
        return waarde.lower()

    def _web(self, waarde: str, veld: str) -> str:
        adres = waarde if "://" in waarde or not waarde else f"https://{waarde}"
        try:
            if adres:
                webadres(adres)
        except ValidationError:
            adres = "x" * 301
        if len(adres) > 300:
            self._meld(veld, waarde, "Dit is geen webadres dat wij kunnen bewaren. Het is weggelaten.")
            return ""
        return adres

    def _telefoon(self, nummers: list[dict[str, Any]]) -> str:
        return next(filter(None, (telefoonnummer(regel.get("number", "")) for regel in nummers)), "")

    def _nummer(
        self, kenmerken: dict[str, dict[str, Any]], soorten: tuple[str, ...], keur: Callable[[str], object]
    ) -> str:
        waarde = next((kenmerken[soort].get("identifier", "") for soort in soorten if soort in kenmerken), "")
        try:
            if waarde:
                keur(waarde)
        except ValidationError:
            self._meld("identifier", waarde, "Dit nummer klopt niet. Het is weggelaten.")
            return ""
        return waarde

    def _getal(self, waarde: str, laagste: int, hoogste: int) -> int | None:
        kaal = str(waarde).split(".")[0]
        if not kaal.isascii() or not kaal.isdigit() or len(kaal) > 6:
            return None
        return int(kaal) if laagste <= int(kaal) <= hoogste else None
