"""Words for the search over people, conversations and cards, in the same form as those of the directory."""

from organisaties.zoeken.rij import alle_lexemen_van
from organisaties.zoeken.samenstelling import delen
from organisaties.zoeken.stam import stam
from organisaties.zoeken.taal import gewicht_van, woorden, zoekwoorden

MAX_INDEXTEKENS = 20_000
MAX_LEXEMEN = 2_000


def vector_van(velden: dict[str, str]) -> str:
    """Return a tsvector literal of texts by weight ('A' to 'D'): base forms, the words themselves, parts of compounds.

    Give it as ``Value(..., output_field=SearchVectorField())`` or as parameter with ``%s::tsvector``. Small words are
    left out; of a very long text the first 20,000 signs count.
    """
    gevonden: dict[str, str] = {}
    for gewicht, tekst in velden.items():
        for woord in dict.fromkeys(woorden(tekst[:MAX_INDEXTEKENS])):
            for lexeem in alle_lexemen_van(woord, met_delen=gewicht != "D"):
                if len(gevonden) < MAX_LEXEMEN or lexeem in gevonden:
                    gevonden[lexeem] = min(gewicht, gevonden.get(lexeem, gewicht))
    return " ".join(f"'{lexeem}':1{gewicht}" for lexeem, gewicht in sorted(gevonden.items()))


def vraag_van(tekst: str) -> str:
    """Return a tsquery for what a person typed: each word that says something, in any of its forms; '' when none does.

    What is typed is plain text: operators and wildcards mean nothing. Give it as ``%s::tsquery`` or as
    ``SearchQuery(..., search_type="raw")``.
    """
    delen_van_de_vraag = []
    for woord in dict.fromkeys(zoekwoorden(tekst)):
        if gewicht_van(woord) == 0:
            continue
        vormen = {f"'~{stam(woord)}'", f"'+{stam(woord)}'", f"'{woord}'"}
        stukken = delen(woord)
        if len(stukken) > 1:
            vormen.add("(" + " & ".join(f"('~{deel}' | '+{deel}')" for deel in stukken) + ")")
        delen_van_de_vraag.append("(" + " | ".join(sorted(vormen)) + ")")
    return " & ".join(delen_van_de_vraag)
