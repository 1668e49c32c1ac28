"""What the demo data will be, worked out without a database: the same for the same seed, places and day."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.text import slugify

from organisaties.demo.tabellen import (
    FUNCTIES,
    JE_SOORTEN,
    NETNUMMERS,
    NEUTRALE_SOORTEN,
    TAAL_VAN_SOORT,
    TOEGANG,
    TOELICHTINGEN,
    WACHTTIJDEN,
)
from organisaties.demo.teksten import Schrijver, bron, woordenlijst
from organisaties.demo.vormen import Dienstplan, Locatieplan, Organisatieplan, Plek
from organisaties.demo.weken import dagdelen, maak_uitzonderingen, maak_week

ZAAD = 20_261_103
GROOT = 6
STAD = 12


class Planner:
    """Invents organisations one by one; all chance comes from one seeded source."""

    def __init__(self, plekken: Sequence[Plek], vandaag: date, zaad: int = ZAAD) -> None:
        self.toeval = Random(zaad)  # noqa: S311
        self.schrijver = Schrijver(self.toeval)
        self.vandaag = vandaag
        self.plekken = list(plekken)
        self.diensten: dict[str, dict[str, Any]] = {soort["sleutel"]: soort for soort in bron("diensten")["dienst"]}
        self.namen: set[str] = set()
        self.slugs: set[str] = set()
        self.teksten: set[str] = set()
        self.nummer = 0
        self.buurplekken: dict[str, list[Plek]] = {}
        for plek in self.plekken:
            self.buurplekken.setdefault(plek.gemeente, []).append(plek)

    def maak(self, aantal: int) -> list[Organisatieplan]:
        soorten = self._verdeel(aantal)
        provincies = sorted({plek.provincie for plek in self.plekken})
        # Every province gets its share first; the rest follows the number of people.
        eerst = [provincie for provincie in provincies for _ in range(max(1, aantal // 50))]
        self.toeval.shuffle(eerst)
        return [
            self._organisatie(soort, eerst[nummer] if nummer < len(eerst) else "")
            for nummer, soort in enumerate(soorten)
        ]

    def _verdeel(self, aantal: int) -> list[dict[str, Any]]:
        soorten = bron("soorten")["soort"]
        totaal = sum(soort["gewicht"] for soort in soorten)
        hele = {soort["sleutel"]: int(aantal * soort["gewicht"] / totaal) for soort in soorten}
        resten = sorted(soorten, key=lambda s: -(aantal * s["gewicht"] / totaal - hele[s["sleutel"]]))
        for soort in resten[: aantal - sum(hele.values())]:
            hele[soort["sleutel"]] += 1
        rij = [soort for soort in soorten for _ in range(hele[soort["sleutel"]])]
        self.toeval.shuffle(rij)
        return rij

    def _kies_plek(self, omvang: int, provincie: str) -> Plek:
        passend = [p for p in self.plekken if p.omvang >= omvang and (not provincie or p.provincie == provincie)]
        if not passend:
            grootste = max(p.omvang for p in self.plekken if not provincie or p.provincie == provincie)
            passend = [p for p in self.plekken if p.omvang == grootste and (not provincie or p.provincie == provincie)]
        return self.toeval.choices(passend, [p.omvang**0.35 for p in passend])[0]

    def _organisatie(self, soort: dict[str, Any], provincie: str) -> Organisatieplan:
        toeval = self.toeval
        plek = self._kies_plek(soort["omvang"], provincie)
        blanco = self._blanco(plek)
        naam = self._naam(soort, plek, blanco)
        blanco |= {lijst: naam for lijst in ("huis", "jong", "veilig", "vrouw") if lijst not in blanco}
        diensten = self._diensten(soort, plek, blanco)
        jaar = toeval.randrange(1968, self.vandaag.year)
        themas = list(dict.fromkeys(thema for dienst in diensten for thema in dienst.themas))[:5]
        doelgroepen = list(dict.fromkeys(doelgroep for dienst in diensten for doelgroep in dienst.doelgroepen))[:4]
        domein = f"{slugify(naam)[:40].strip('-')}.example"
        plan = Organisatieplan(
            soort=soort["sleutel"],
            naam=naam,
            slug=self._slug(naam),
            rechtsvorm=_rechtsvorm(naam, toeval.choice(soort["rechtsvormen"])),
            kort=self._kort(soort, blanco, plek),
            tekst=self._tekst(soort, blanco, plek, diensten, jaar),
            themas=themas,
            doelgroepen=doelgroepen,
            labels=soort["labels"],
            talen=self._talen(soort["sleutel"], plek),
            werkgebied=self._werkgebied(soort["sleutel"]),
            domein=domein,
            telefoon=self._telefoon(plek),
            kvk_nummer=f"0000{1000 + len(self.namen)}" if toeval.random() < 0.7 else "",
            opgericht_jaar=jaar,
            contact=(toeval.choice(woordenlijst("voornaam")), toeval.choice(FUNCTIES)),
            heeft_logo=toeval.random() < 0.72,
            diensten=diensten,
        )
        plan.locaties = self._locaties(soort, plek)
        return plan

    def _blanco(self, plek: Plek) -> dict[str, str]:
        wijk = self.toeval.choice(woordenlijst("wijk")) if plek.omvang >= GROOT else "het dorp"
        return {"plaats": plek.plaats, "wijk": wijk}

    def _naam(self, soort: dict[str, Any], plek: Plek, blanco: dict[str, str]) -> str:
        patronen = [p for p in soort["namen"] if self._past(p, plek)] or soort["namen"]
        while True:
            patroon = self.toeval.choice(patronen)
            for lijst in ("huis", "begrip", "jong", "veilig", "vrouw"):
                if f"[{lijst}]" in patroon:
                    blanco[lijst] = self.schrijver.nieuw_woord(lijst)
            naam = self.schrijver.schrijf(patroon, blanco)
            if naam not in self.namen:
                self.namen.add(naam)
                return naam

    def _past(self, patroon: str, plek: Plek) -> bool:
        if patroon.startswith(("Dorps", "Noaber")):
            return plek.omvang < GROOT and (
                not patroon.startswith("Noaber") or plek.provincie in ("PV22", "PV23", "PV25")
            )
        return not (patroon.startswith(("Wijk", "Buurtteam", "Stads")) and plek.omvang < GROOT)

    def _slug(self, naam: str) -> str:
        slug, nummer = slugify(naam), 1
        while slug in self.slugs:
            nummer += 1
            slug = f"{slugify(naam)}-{nummer}"
        self.slugs.add(slug)
        return slug

    def _kort(self, soort: dict[str, Any], blanco: dict[str, str], plek: Plek) -> str:
        return self.schrijver.kies(soort["kort"], blanco, stad=plek.omvang >= STAD, hooguit=160)

    def _tekst(
        self, soort: dict[str, Any], blanco: dict[str, str], plek: Plek, diensten: list[Dienstplan], jaar: int
    ) -> str:
        je = soort["sleutel"] in JE_SOORTEN
        neutraal = soort["sleutel"] in NEUTRALE_SOORTEN
        algemeen = bron("soorten")["algemeen_je" if je else "algemeen_neutraal" if neutraal else "algemeen"]
        stad = plek.omvang >= GROOT
        vast = blanco | {"jaar": str(jaar)}
        while True:
            alineas = self.schrijver.kies_meer(soort["over"], self.toeval.choice([1, 1, 2]), vast, stad=stad)
            if self.toeval.random() < 0.3 and len(diensten) > 2:
                kop = (
                    "Wat je hier kunt doen:"
                    if je
                    else self.toeval.choice(["U kunt bij ons terecht voor:", "Wij bieden:"])
                )
                alineas.append(kop + "\n\n" + "\n".join(f"- {dienst.naam}" for dienst in diensten))
            alineas += self.schrijver.kies_meer(soort["werkwijze"], self.toeval.choice([0, 1, 1]), vast, stad=stad)
            alineas += self.schrijver.kies_meer(algemeen, self.toeval.choice([0, 1, 1, 2]), vast, stad=stad)
            tekst = "\n\n".join(alineas)
            if tekst not in self.teksten:
                self.teksten.add(tekst)
                return tekst

    def _diensten(self, soort: dict[str, Any], plek: Plek, blanco: dict[str, str]) -> list[Dienstplan]:
        aantal = self.toeval.choice([2, 2, 3, 3, 3, 4, 4])
        sleutels = list(soort["vast"])[:aantal]
        ander = [sleutel for sleutel in soort["extra"] if sleutel not in sleutels]
        sleutels += self.toeval.sample(ander, min(aantal - len(sleutels), len(ander)))
        return [self._dienst(self.diensten[sleutel], plek, blanco) for sleutel in sleutels]

    def _dienst(self, soort: dict[str, Any], plek: Plek, blanco: dict[str, str]) -> Dienstplan:
        toeval, stad = self.toeval, plek.omvang >= GROOT
        vast = blanco | {"dag": toeval.choice(["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"])}
        wat, hoe = toeval.choice([(1, 1), (2, 1), (2, 1), (2, 2), (1, 2)])
        zinnen = self.schrijver.kies_meer(soort["wat"], wat, vast, stad=stad)
        zinnen += self.schrijver.kies_meer(soort["hoe"], hoe, vast, stad=stad)
        tekst = " ".join(zinnen)
        is_gratis, kosten, bedrag = _kosten(self.schrijver.schrijf(toeval.choice(soort["kosten"]), vast))
        aanmelden = toeval.choice(soort["aanmelden"])
        heeft_wachttijd = "inloop" not in aanmelden and "wacht" not in tekst.lower() and toeval.random() < 0.35
        jong = {"kinderen", "jongeren"} & set(soort["doelgroepen"])
        return Dienstplan(
            sleutel=soort["sleutel"],
            naam=self.schrijver.kies(soort["namen"], vast, stad=stad),
            tekst=tekst,
            themas=soort["themas"],
            doelgroepen=soort["doelgroepen"],
            aanmelden=aanmelden,
            is_gratis=is_gratis,
            kosten=kosten,
            bedrag=bedrag,
            wachttijd=toeval.choice(WACHTTIJDEN) if heeft_wachttijd else "",
            leeftijd=_leeftijd(tekst) if jong else (None, None),
            talen=["nl", "en"] if toeval.random() < 0.12 else [],
            week=dagdelen(tekst, soort["sleutel"]),
        )

    def _talen(self, soort: str, plek: Plek) -> list[str]:
        talen = ["nl"]
        eigen = TAAL_VAN_SOORT.get(soort, [])
        talen += self.toeval.sample(eigen, self.toeval.randint(min(1, len(eigen)), len(eigen)))
        if "en" not in talen and self.toeval.random() < 0.35:
            talen.append("en")
        if plek.provincie == "PV21" and self.toeval.random() < 0.7:
            talen.append("fy")
        return talen

    def _werkgebied(self, soort: str) -> str:
        if soort in ("lijn", "landelijk"):
            return "landelijk"
        return "provinciaal" if soort in ("vrouwenopvang", "detentie", "geweld") else "plaatselijk"

    def _telefoon(self, plek: Plek) -> str:
        """A number that looks right and reaches nobody: no subscriber's number begins with 0."""
        self.nummer += 1
        net = NETNUMMERS.get(plek.plaats_id, "88")
        return f"+31{net}{'0' * (9 - len(net) - 4)}{1000 + self.nummer:04d}"

    def _locaties(self, soort: dict[str, Any], plek: Plek) -> list[Locatieplan]:
        toeval = self.toeval
        aantal = 1
        if soort["uren"] in ("kantoor", "huis", "dag", "avond") and toeval.random() < 0.28:
            aantal = toeval.choice([2, 2, 3])
        buren = [ander for ander in self.buurplekken[plek.gemeente] if ander.pc4 != plek.pc4]
        plekken = [plek, *toeval.sample(buren, min(aantal - 1, len(buren)))]
        return [self._locatie(soort, ander, nummer) for nummer, ander in enumerate(plekken)]

    def _locatie(self, soort: dict[str, Any], plek: Plek, nummer: int) -> Locatieplan:
        toeval = self.toeval
        is_geheim = soort["uren"] == "geheim"
        week = maak_week(soort["uren"], toeval)
        wijk = toeval.choice(woordenlijst("wijk")).removeprefix("de ").removeprefix("het ").capitalize()
        return Locatieplan(
            plek=plek,
            naam=(f"Locatie {wijk}" if plek.omvang >= GROOT else f"Locatie {plek.plaats}") if nummer else "",
            straat=f"{toeval.choice(woordenlijst('straat'))} {toeval.randint(1, 214)}{toeval.choice(['', '', '', '', 'a', 'b'])}",
            postcode=f"{plek.pc4} {self._letters()}",
            # A confidential address has the middle of its area only, so that no map can give it away.
            breedtegraad=round(plek.breedtegraad + (0 if is_geheim else toeval.uniform(-0.003, 0.003)), 5),
            lengtegraad=round(plek.lengtegraad + (0 if is_geheim else toeval.uniform(-0.004, 0.004)), 5),
            telefoon=self._telefoon(plek) if nummer else "",
            toelichting=""
            if is_geheim or toeval.random() < 0.55
            else self.schrijver.kies(TOELICHTINGEN, {}, stad=True),
            toegankelijkheid=[wat for wat in TOEGANG if toeval.random() < (0.75 if wat == "rolstoel" else 0.3)],
            is_geheim=is_geheim,
            week=week,
            uitzonderingen=maak_uitzonderingen(self.vandaag, toeval) if week and not is_geheim else [],
        )

    def _letters(self) -> str:
        while True:
            letters = "".join(self.toeval.choice("ABCDEGHJKLMNPRSTVWXZ") for _ in range(2))
            if letters not in ("SA", "SD", "SS"):
                return letters


def _rechtsvorm(naam: str, anders: str) -> str:
    """The legal form that a name gives away."""
    return next((vorm for vorm in ("stichting", "vereniging", "cooperatie") if slugify(naam).startswith(vorm)), anders)


def _kosten(tekst: str) -> tuple[bool, str, Decimal | None]:
    if tekst.lower() == "gratis":
        return True, "", None
    bedrag, _, woorden = tekst.partition(":")
    if bedrag.lower() == "kosten":
        return False, woorden, None
    return False, woorden, Decimal(bedrag)


def _leeftijd(tekst: str) -> tuple[int | None, int | None]:
    """The ages that a text names: 'van 4 tot en met 12', 'van 6 tot 12', 'tussen 12 en 18', 'vanaf 11 jaar'."""
    if bereik := re.search(r"van (\d+) tot (en met )?(\d+)", tekst):
        return int(bereik[1]), int(bereik[3]) - (0 if bereik[2] else 1)
    if bereik := re.search(r"[Tt]ussen (?:de )?(\d+) en (\d+)", tekst):
        return int(bereik[1]), int(bereik[2])
    if bereik := re.search(r"[Vv]anaf (\d+) jaar", tekst):
        return int(bereik[1]), None
    return None, None
