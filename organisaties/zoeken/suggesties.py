"""What a person may be about to type: names of organisations and themes that begin so."""

from dataclasses import dataclass

from django.db import connection

from organisaties.zoeken.taal import naamsleutel


@dataclass(frozen=True)
class Suggestie:
    """`soort` is 'organisatie' or 'thema'; `slug` leads to its page."""

    soort: str
    naam: str
    slug: str


def stel_voor(begin: str, *, aantal: int = 5) -> list[Suggestie]:
    """Names that begin with what was typed, themes first; from two letters on. One statement."""
    sleutel = naamsleutel(begin[:80])
    if len(sleutel) < 2:
        return []
    patroon = sleutel + "%"
    with connection.cursor() as cursor:
        cursor.execute(
            """(SELECT 'thema', naam, slug FROM organisaties_thema
                WHERE lower(naam) LIKE %s OR lower(naam) LIKE %s OR %s = ANY(trefwoorden)
                ORDER BY ouder_id NULLS FIRST, volgorde LIMIT %s)
            UNION ALL
            (SELECT 'organisatie', o.naam, o.slug FROM (
                SELECT naamsleutel, score, organisatie_id FROM (
                    SELECT naamsleutel, score, organisatie_id FROM organisaties_zoekrij
                    WHERE naamsleutel LIKE %s ORDER BY naamsleutel LIMIT 200) n
                ORDER BY score DESC, naamsleutel, organisatie_id LIMIT %s) z
             JOIN organisaties_organisatie o ON o.id = z.organisatie_id ORDER BY z.score DESC, z.naamsleutel, o.id)""",
            [patroon, "% " + patroon, sleutel, max(1, aantal // 2), patroon, aantal],
        )
        gevonden = [Suggestie(*rij) for rij in cursor.fetchall()]
    themas = [s for s in gevonden if s.soort == "thema"]
    return themas + [s for s in gevonden if s.soort == "organisatie"][: max(aantal - len(themas), 0)]
