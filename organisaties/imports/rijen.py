"""One row of a file becomes one listing with one offer, with every problem said in Dutch."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from organisaties.imports.kolommen import Indeling, deel_in, vlak
from organisaties.imports.woorden import SCHEIDING, Woordenboek
from organisaties.keuzes import Soort
from welzijnportal.geo.zoeken import vind_plek, vul_aan
from welzijnportal.tabular import Rij, Tabel
from welzijnportal.validators import een_regel, kvk_nummer, meer_regels, normaliseer_postcode, webadres, zichtbare_tekst

MAX_NAAM, MAX_KORT, MAX_TEKST, MAX_SLEUTEL, MAX_DIENST = 120, 160, 10_000, 120, 120
# Signs without width come along when people copy from web pages.
_ONZICHTBAAR = str.maketrans("", "", "\u200b\u2060\ufeff\xad")
_LEEG = frozenset({"", "-", "--", "n.v.t.", "nvt", "n.v.t", "geen", "onbekend", "null", "none", "#"})
_GRATIS = frozenset({"gratis", "geen", "geen kosten", "0", "nee", "0,00", "kosteloos", "free", "nvt"})


@dataclass(frozen=True, slots=True)
class Probleem:
    """Something about one cell: what is there, and what to do. An error blocks; a warning says what was done with it."""

    rij: int
    kolom: str
    waarde: str
    melding: str
    is_fout: bool


@dataclass(slots=True)
class Aanbod:
    """What one row says, ready to be written; ``gegevens`` holds plain JSON values by field."""

    rij: int
    sleutel: str
    gegevens: dict[str, Any]


@dataclass(slots=True)
class Voorbeeld:
    """A file that was read and checked, and not yet written."""

    omschrijving: str
    indeling: Indeling
    aanbod: list[Aanbod] = field(default_factory=list)
    problemen: list[Probleem] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)

    @property
    def fouten(self) -> list[Probleem]:
        return [probleem for probleem in self.problemen if probleem.is_fout]

    @property
    def waarschuwingen(self) -> list[Probleem]:
        return [probleem for probleem in self.problemen if not probleem.is_fout]

    @property
    def foute_rijen(self) -> set[int]:
        return {probleem.rij for probleem in self.problemen if probleem.is_fout}

    @property
    def aantal_rijen(self) -> int:
        return len(self.indeling.rijen)


def controleer(tabel: Tabel, *, voortgang: Callable[[int, int], None] = lambda gedaan, totaal: None) -> Voorbeeld:
    """Check every row of a table; writes nothing. Raises TabelFout when its columns cannot be understood."""
    indeling = deel_in(tabel)
    voorbeeld = Voorbeeld(tabel.omschrijving, indeling, opmerkingen=list(tabel.opmerkingen))
    woordenboek = Woordenboek()
    voorbeeld.opmerkingen += opmerkingen_bij(indeling, woordenboek)
    gezien: dict[str, int] = {}
    for gedaan, rij in enumerate(indeling.rijen, start=1):
        lezer = Rijlezer(rij, indeling, woordenboek)
        aanbod = lezer.lees()
        _bewaak_sleutel(lezer, aanbod, gezien, voorbeeld)
        voorbeeld.problemen.extend(lezer.problemen)
        if gedaan % 200 == 0:
            voortgang(gedaan, voorbeeld.aantal_rijen)
    voortgang(voorbeeld.aantal_rijen, voorbeeld.aantal_rijen)
    return voorbeeld


def opmerkingen_bij(indeling: Indeling, woordenboek: Woordenboek) -> list[str]:
    """Return what to know of a file as a whole."""
    opmerkingen = []
    if woordenboek.is_leeg and "thema" in indeling.index:
        opmerkingen.append("Het portaal heeft nog geen thema's. Laad die eerst met 'laad_basisgegevens'.")
    if "sleutel" not in indeling.index:
        opmerkingen.append(
            "Er is geen kolom met een sleutel (id). Rijen worden herkend aan naam, aanbod, straat en plaats: "
            "verandert daar later iets in, dan komt er een nieuwe vermelding bij."
        )
    return opmerkingen


def _bewaak_sleutel(lezer: "Rijlezer", aanbod: Aanbod, gezien: dict[str, int], voorbeeld: Voorbeeld) -> None:
    eerder = gezien.setdefault(aanbod.sleutel, aanbod.rij) if aanbod.sleutel else aanbod.rij
    if eerder != aanbod.rij:
        if lezer.heeft("sleutel"):
            lezer.fout("sleutel", f"Deze sleutel staat ook in rij {eerder}. Geef elke rij een eigen sleutel.")
        else:
            lezer.let_op("naam", f"Deze rij is gelijk aan rij {eerder} en wordt overgeslagen.")
            return
    if not any(probleem.is_fout for probleem in lezer.problemen):
        voorbeeld.aanbod.append(aanbod)


def kort_af(tekst: str, lengte: int) -> str:
    """Return a text of at most so many characters, cut after a word, with an ellipsis."""
    if len(tekst) <= lengte:
        return tekst
    stuk = tekst[: lengte - 1]
    return (stuk.rsplit(" ", 1)[0] if " " in stuk[lengte // 2 :] else stuk).rstrip(" ,.;:-") + "…"


class Rijlezer:
    """Reads one row field by field and gathers what is wrong with it."""

    def __init__(self, rij: Rij, indeling: Indeling, woordenboek: Woordenboek) -> None:
        self.rij, self.indeling, self.woordenboek = rij, indeling, woordenboek
        self.index = indeling.index
        self.problemen: list[Probleem] = []
        self.extra: list[str] = []

    def heeft(self, veld: str) -> bool:
        return veld in self.index

    def cel(self, veld: str) -> str:
        nummer = self.index.get(veld)
        return self.rij.cellen[nummer] if nummer is not None and nummer < len(self.rij.cellen) else ""

    def _meld(self, veld: str, melding: str, *, is_fout: bool, waarde: str | None = None) -> None:
        getoond = self.cel(veld) if waarde is None else waarde
        getoond = "".join(
            teken if teken.isprintable() else "�" if teken not in "\r\n\t" else " " for teken in getoond[:200]
        )
        kolom = self.indeling.kop_van(veld)
        self.problemen.append(Probleem(self.rij.nummer, kolom, getoond[:80], melding, is_fout))

    def fout(self, veld: str, melding: str) -> None:
        self._meld(veld, melding, is_fout=True)

    def let_op(self, veld: str, melding: str, waarde: str | None = None) -> None:
        self._meld(veld, melding, is_fout=False, waarde=waarde)

    def regel(self, veld: str) -> str:
        """Return a cell as one clean line; '' for the ways in which people write 'nothing'."""
        tekst = " ".join(unicodedata.normalize("NFC", self.cel(veld)).translate(_ONZICHTBAAR).split())
        if tekst.lower() in _LEEG:
            return ""
        try:
            een_regel(tekst)
        except ValidationError:
            self.fout(veld, "Hier staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw.")
            return ""
        return tekst

    def lees(self) -> Aanbod:
        self._meld_cellen()
        naam, aanbod = self.naam(), self.regel("aanbod")
        tekst = self.tekst()
        locatie = self.locatie()
        themas = self.themas(f"{aanbod} {naam}")
        doelgroepen = self.doelgroepen()
        gegevens: dict[str, Any] = {
            "naam": naam,
            "ook_bekend_als": self.tot("ook_bekend_als", 200),
            "soort": self.soort(),
            "kort": kort_af(self.regel("kort") or aanbod, MAX_KORT),
            "dienst": kort_af(aanbod or naam, MAX_DIENST),
            "kosten": self.kosten(),
            "telefoon": self.telefoon(),
            "website": self.website(),
            "email": self.email(),
            "kvk_nummer": self.kvk(),
            "themas": themas,
            "doelgroepen": doelgroepen,
            "labels": self.labels(),
            "locatie": locatie,
        }
        if self.heeft("aanbod") and not aanbod:
            self.let_op("aanbod", "Er staat niet wat men aanbiedt. De naam is ook de naam van het aanbod geworden.")
        if len(aanbod) > MAX_DIENST:
            self.extra.insert(0, aanbod)
        gegevens["tekst"] = self._met_extra(tekst)
        return Aanbod(self.rij.nummer, self.sleutel(naam, aanbod, locatie), gegevens)

    def _meld_cellen(self) -> None:
        if len([cel for cel in self.rij.cellen[len(self.indeling.kolommen) :] if cel]):
            self._meld(
                "",
                f"Deze rij heeft meer cellen ({len(self.rij.cellen)}) dan de kop ({len(self.indeling.kolommen)}). "
                "Zet tekst waarin het scheidingsteken voorkomt tussen aanhalingstekens.",
                is_fout=True,
                waarde=self.rij.cellen[-1],
            )
        veld_bij = {nummer: veld for veld, nummer in self.index.items()}
        for nummer, melding in self.rij.opmerkingen:
            if veld := veld_bij.get(nummer, ""):
                self._meld(veld, melding, is_fout=veld in ("naam", "sleutel") and not self.cel(veld))

    def _met_extra(self, tekst: str) -> str:
        heel = "\n\n".join(filter(None, [tekst, *self.extra]))
        if len(heel) > MAX_TEKST and len(tekst) <= MAX_TEKST:
            self.let_op("tekst", "De beschrijving is te lang om er de andere gegevens bij te zetten.")
            return tekst
        return heel

    def sleutel(self, naam: str, aanbod: str, locatie: dict[str, str]) -> str:
        if self.heeft("sleutel"):
            sleutel = self.regel("sleutel")
            if not sleutel and not self.problemen_in("sleutel"):
                self.fout("sleutel", "De sleutel ontbreekt. Geef elke rij een eigen sleutel.")
            elif len(sleutel) > MAX_SLEUTEL:
                self.fout("sleutel", f"De sleutel is langer dan {MAX_SLEUTEL} tekens.")
            return sleutel[:MAX_SLEUTEL]
        bron = "\x1f".join(vlak(deel) for deel in (naam, aanbod, locatie.get("straat", ""), locatie.get("plaats", "")))
        return hashlib.sha256(bron.encode()).hexdigest()[:24]

    def problemen_in(self, veld: str) -> bool:
        return any(probleem.kolom == self.indeling.kop_van(veld) for probleem in self.problemen)

    def naam(self) -> str:
        naam = self.regel("naam")
        if len(naam) > MAX_NAAM:
            self.fout("naam", f"De naam is langer dan {MAX_NAAM} tekens. Kort de naam in.")
        elif naam:
            try:
                zichtbare_tekst(naam)
            except ValidationError:
                naam = ""
        if not naam and not self.problemen_in("naam"):
            self.fout("naam", "De naam ontbreekt. Vul de naam van de organisatie in.")
        return naam[:MAX_NAAM]

    def tot(self, veld: str, lengte: int) -> str:
        waarde = self.regel(veld)
        if len(waarde) > lengte:
            self.let_op(veld, f"Dit is langer dan {lengte} tekens en is ingekort.")
        return kort_af(waarde, lengte)

    def tekst(self) -> str:
        tekst = unicodedata.normalize("NFC", self.cel("tekst")).translate(_ONZICHTBAAR)
        tekst = re.sub(
            r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", tekst.replace("\r\n", "\n").replace("\r", "\n"))
        ).strip()
        try:
            meer_regels(tekst)
        except ValidationError:
            self.fout("tekst", "Hier staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw.")
            return ""
        if len(tekst) > MAX_TEKST:
            self.fout(
                "tekst", f"De beschrijving heeft {len(tekst)} tekens; er passen er {MAX_TEKST}. Kort de tekst in."
            )
            return ""
        if self.heeft("tekst") and not tekst:
            self.let_op("tekst", "Er is geen beschrijving. De vermelding komt er zonder tekst op.")
        return "" if tekst.lower() in _LEEG else tekst

    def themas(self, woorden: str) -> list[str]:
        slugs, onbekend = self.woordenboek.themas_van(self.regel("thema"), woorden)
        for deel in onbekend:
            self.let_op("thema", f"Dit thema kennen wij niet: {kort_af(deel, 60)}. Het is weggelaten.")
        return slugs

    def doelgroepen(self) -> list[str]:
        slugs, onbekend = self.woordenboek.doelgroepen_van(self.regel("doelgroep"))
        for deel in onbekend:
            self.let_op("doelgroep", f"Deze doelgroep kennen wij niet: {kort_af(deel, 60)}. Zij staat nu in de tekst.")
        if onbekend:
            self.extra.append(f"Voor: {', '.join(onbekend)}.")
        return slugs

    def labels(self) -> list[str]:
        return sorted({kort_af(deel.strip(), 60) for deel in SCHEIDING.split(self.regel("labels")) if deel.strip()})[
            :12
        ]

    def soort(self) -> str:
        waarde = self.regel("soort")
        if not waarde:
            return Soort.STICHTING if re.search(r"\bstichting\b", self.cel("naam"), re.IGNORECASE) else Soort.OVERIG
        for soort in Soort:
            if vlak(waarde) in (vlak(soort.value), vlak(soort.label)):
                return soort.value
        self.let_op("soort", "Deze soort organisatie kennen wij niet. Er staat nu 'Anders'.")
        return Soort.OVERIG

    def kosten(self) -> str:
        waarde = self.tot("kosten", 200)
        return "" if waarde.lower() in _GRATIS else waarde

    def telefoon(self) -> str:
        waarde = self.regel("telefoon")
        if not waarde:
            return ""
        kaal = re.sub(r"\D", "", waarde)
        # A spreadsheet takes a phone number for a number and drops its first zero.
        if waarde.isdigit() and len(kaal) == 9 and not kaal.startswith("0"):
            self.let_op("telefoon", f"De eerste nul ontbrak. Er staat nu 0{kaal}.")
            waarde = f"0{kaal}"
        delen = [waarde, *re.split(r"\s*(?:/|;|,|\bof\b|\ben\b|\|)\s*", waarde)]
        for deel in dict.fromkeys(filter(None, delen)):
            nummer = telefoonnummer(deel)
            if nummer:
                if deel != waarde:
                    self.extra.append(f"Telefoon: {waarde}.")
                    self.let_op(
                        "telefoon", "Hier staat meer dan één nummer. Het eerste is gebruikt, de rest staat in de tekst."
                    )
                return nummer
        self.extra.append(f"Telefoon: {kort_af(waarde, 100)}.")
        self.let_op("telefoon", "Dit is geen telefoonnummer dat wij kunnen bellen. Het staat nu in de tekst.")
        return ""

    def website(self) -> str:
        waarde = self.regel("website")
        if not waarde:
            return ""
        delen = re.split(r"[\s;,|]+(?=https?://|www\.)", waarde)
        adres = delen[0]
        if "://" not in adres:
            adres = f"https://{adres.removeprefix('//')}"
        try:
            webadres(adres)
        except ValidationError:
            self.extra.append(f"Website: {kort_af(waarde, 200)}.")
            self.let_op("website", "Dit is geen webadres. Het staat nu in de tekst.")
            return ""
        if len(adres) > 300:
            self.let_op("website", "Dit webadres is langer dan 300 tekens en is weggelaten.")
            return ""
        if len(delen) > 1:
            self.extra.append(f"Ook: {', '.join(delen[1:])}")
            self.let_op("website", "Hier staat meer dan één adres. Het eerste is gebruikt, de rest staat in de tekst.")
        elif adres != waarde:
            self.let_op("website", f"Er stond geen https:// voor. Er staat nu {kort_af(adres, 80)}.")
        return adres

    def email(self) -> str:
        waarde = self.regel("email").removeprefix("mailto:")
        if not waarde:
            return ""
        for deel in re.split(r"[\s;,|/]+", waarde):
            try:
                validate_email(deel)
            except ValidationError:
                continue
            if deel != waarde:
                self.let_op("email", f"Alleen {deel} is gebruikt.")
            return deel.lower()
        self.let_op("email", "Dit is geen e-mailadres. Het is weggelaten.")
        return ""

    def kvk(self) -> str:
        waarde = re.sub(r"[\s.\-]", "", self.regel("kvk_nummer"))
        if not waarde:
            return ""
        if waarde.isascii() and waarde.isdigit() and len(waarde) == 7:
            self.let_op("kvk_nummer", f"De eerste nul ontbrak. Er staat nu 0{waarde}.")
            waarde = f"0{waarde}"
        try:
            kvk_nummer(waarde)
        except ValidationError:
            self.let_op("kvk_nummer", "Een KvK-nummer bestaat uit 8 cijfers. Dit nummer is weggelaten.")
            return ""
        return waarde

    def locatie(self) -> dict[str, str]:
        """Return street, postcode and place; empty when neither postcode nor place says where it is."""
        straat = " ".join(filter(None, (self.regel("straat"), self.regel("huisnummer") + self.regel("toevoeging"))))
        if len(straat) > 120:
            self.let_op("straat", "Dit adres is te lang en is ingekort.")
        plaats, ruw = self.tot("plaats", 80), self.regel("postcode").upper()
        postcode, aanvulling = "", vul_aan(ruw) if ruw else None
        if ruw:
            try:
                postcode = normaliseer_postcode(ruw)
            except ValidationError:
                gevolg = "Alleen de cijfers zijn gebruikt" if aanvulling else "De postcode is weggelaten"
                self.let_op("postcode", f"Een postcode bestaat uit 4 cijfers en 2 letters. {gevolg}.")
        if postcode and not aanvulling:
            self.let_op("postcode", "Deze postcode kennen wij niet. De vermelding krijgt de plek van de plaats.")
        plek = vind_plek(plaats) if plaats else None
        if not plaats and aanvulling:
            plaats = aanvulling.plaats
            self.let_op("postcode", f"De plaats ontbrak. Bij deze postcode hoort {plaats}.")
        elif plaats and not plek and not aanvulling:
            self.let_op("plaats", "Deze plaats kennen wij niet. De vermelding komt niet op de kaart.")
        if not plaats:
            if self.heeft("plaats") or self.heeft("postcode"):
                self.let_op("plaats", "Zonder plaats of postcode is de vermelding niet in de buurt te vinden.")
            return {}
        pc4 = ruw[:4] if aanvulling else ""
        return {"straat": kort_af(straat, 120), "postcode": postcode, "plaats": plaats, "pc4": pc4}


def telefoonnummer(waarde: str) -> str:
    """Return a number that can be dialled in E.164 form; empty for anything else."""
    try:
        nummer = phonenumbers.parse(waarde, "NL")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(nummer):
        return ""
    return phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.E164)
