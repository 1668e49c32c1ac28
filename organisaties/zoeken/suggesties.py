"""What a person may be about to type: names of organisations and themes that begin so."""

from dataclasses import dataclass

from django.db import connection

from organisaties.zoeken.taal import naamsleutel


@dataclass(frozen=True)
class Suggestie:
    """`soort` is 'organisatie' or 'thema'; `slug` leads to its page; `plaats` is where an organisation is."""

    soort: str
    naam: str
    slug: str
    plaats: str = ""


# Names are read from the index alone in its own order, and the best of them are given: of a beginning that very many
# names have, the best of the first ten hundred.
_SQL = """(SELECT 'thema', naam, slug, '' FROM organisaties_thema
    WHERE lower(naam) LIKE %(begin)s OR lower(naam) LIKE %(woord)s OR %(sleutel)s = ANY(trefwoorden)
    ORDER BY ouder_id NULLS FIRST, volgorde LIMIT %(aantal)s)
UNION ALL
(SELECT 'organisatie', o.naam, o.slug, coalesce((SELECT l.plaats FROM organisaties_locatie l
        WHERE l.organisatie_id = o.id ORDER BY l.volgorde, l.id LIMIT 1), '')
    FROM (SELECT naamsleutel, score, organisatie_id FROM (
        SELECT naamsleutel, score, organisatie_id FROM organisaties_zoekrij
        WHERE naamsleutel LIKE %(begin)s ORDER BY naamsleutel USING ~<~ LIMIT 1000) n
        ORDER BY score DESC, naamsleutel, organisatie_id LIMIT %(aantal)s) z
    JOIN organisaties_organisatie o ON o.id = z.organisatie_id ORDER BY z.score DESC, z.naamsleutel, o.id)"""


def stel_voor(begin: str, *, aantal: int = 5) -> list[Suggestie]:
    """Names that begin with what was typed, themes first; from two letters on. One statement."""
    sleutel = naamsleutel(begin[:80])
    if len(sleutel) < 2:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"begin": f"{sleutel}%", "woord": f"% {sleutel}%", "sleutel": sleutel, "aantal": aantal})
        gevonden = [Suggestie(*rij) for rij in cursor.fetchall()]
    themas = [s for s in gevonden if s.soort == "thema"][: max(1, aantal // 2)]
    return themas + [s for s in gevonden if s.soort == "organisatie"][: max(aantal - len(themas), 0)]
