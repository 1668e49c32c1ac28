"""Words of listings that look like a misspelt word or begin with half a word."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from organisaties.zoeken.tellingen import als_woord, klank

# Mistakes that a word counts for which sounds as what was typed.
KLINKT_GELIJK = 0.9


class Kandidaat(NamedTuple):
    woord: str
    aantal: int


def zoek_tellingen(lexemen: Iterable[str]) -> dict[str, int]:
    """In how many listings each of these occurs, for those that do."""
    gevraagd = list(lexemen)
    if not gevraagd:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT woord, aantal FROM organisaties_woord WHERE woord = ANY(%s) AND aantal > 0", [gevraagd])
        return dict(cursor.fetchall())


def zoek_kandidaten(gevraagd: dict[str, list[str]], ook: set[str]) -> list[Kandidaat]:
    """Words that share a key with a misspelt word, or begin with it; the most used first."""
    alle_sleutels = sorted({sleutel for reeks in gevraagd.values() for sleutel in reeks})
    beginnen = [f"{voor}{woord}%" for woord in gevraagd if len(woord) >= 4 and woord.isalpha() for voor in ("", "~")]
    # A key at a time: for all at once the planner expects so many words that it reads the whole table.
    sql = """SELECT w.woord, w.aantal FROM unnest(%s::text[]) s CROSS JOIN LATERAL (
        SELECT woord, aantal FROM organisaties_woord WHERE sleutels @> ARRAY[s] AND aantal > 0 LIMIT 500) w
        UNION SELECT woord, aantal FROM organisaties_woord WHERE woord = ANY(%s)"""
    for _ in beginnen:
        sql += """ UNION (SELECT woord, aantal FROM organisaties_woord WHERE woord LIKE %s ORDER BY aantal DESC LIMIT 40)"""
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [alle_sleutels, [f"{voor}{woord}" for woord in sorted(ook) for voor in ("", "~")], *beginnen]
        )
        gebruik: dict[str, int] = {}
        for lexeem, aantal in cursor.fetchall():
            woord = als_woord(lexeem)
            gebruik[woord] = max(aantal, gebruik.get(woord, 0))
    return sorted(
        (Kandidaat(*paar) for paar in gebruik.items()), key=lambda kandidaat: (-kandidaat.aantal, kandidaat.woord)
    )


def beste(getypt: str, kandidaten: list[Kandidaat], *, hoogste: int = 3, aantal: int = 3) -> list[str]:
    """The words nearest to what was typed: fewest mistakes, same first letter, most used; nothing that is far off.

    What sounds the same is one mistake, however many letters differ.
    """
    if len(getypt) < 4 or not getypt.isalpha():
        return []
    toegestaan = min(hoogste, 1 if len(getypt) < 7 else 2 if len(getypt) < 12 else 3)
    gehoord = klank(getypt)
    gevonden = []
    for woord, gebruik in kandidaten:
        if abs(len(woord) - len(getypt)) > max(toegestaan, 2):
            continue
        afstand = _afstand(getypt, woord, toegestaan) + (0.5 if woord[0] != getypt[0] else 0)
        if afstand > KLINKT_GELIJK and klank(woord) == gehoord:
            afstand = KLINKT_GELIJK
        if 0 < afstand <= toegestaan:
            gevonden.append((afstand, -gebruik, woord))
    gevonden.sort()
    return [woord for afstand, _, woord in gevonden[:aantal] if afstand <= gevonden[0][0]]


def _afstand(links: str, rechts: str, hoogste: int) -> int:
    """Letters added, left out, changed or swapped with their neighbour; at most `hoogste` + 1."""
    vorige2: list[int] = []
    vorige = list(range(len(rechts) + 1))
    for i, teken in enumerate(links, 1):
        huidig = [i]
        for j, ander in enumerate(rechts, 1):
            kosten = min(vorige[j] + 1, huidig[-1] + 1, vorige[j - 1] + (teken != ander))
            if i > 1 and j > 1 and teken == rechts[j - 2] and links[i - 2] == ander:
                kosten = min(kosten, vorige2[j - 2] + 1)
            huidig.append(kosten)
        if min(huidig) > hoogste:
            return hoogste + 1
        vorige2, vorige = vorige, huidig
    return vorige[-1]
