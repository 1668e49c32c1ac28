"""The words inside a Dutch compound: 'schuldhulpverlening' holds schuld, hulp and verlening."""

from functools import lru_cache

from organisaties.zoeken.stam import stam
from organisaties.zoeken.woordenlijst import IS_WERKWOORD, KAN_BEGINNEN, KAN_EINDIGEN, woordsoorten

KORTSTE = 6
LANGSTE = 40
# Of a word that the list knows whole, a short tail is chance ('cent-rum') unless it is one of these.
KORTE_STAARTEN = frozenset(
    ["les", "bon", "dag", "pas", "lid", "man", "jas", "bad", "arts", "club", "hulp", "huis", "werk", "zorg", "taal"]
)


@lru_cache(maxsize=20_000)
def delen(woord: str) -> tuple[str, ...]:
    """The base forms of the parts of a compound, of all levels; empty when it is no compound."""
    gevonden = dict.fromkeys(stam(deel) for deel in _ontleed(woord) or _ontleed(stam(woord)))
    gevonden.pop(stam(woord), None)
    return tuple(gevonden)


def _ontleed(woord: str) -> list[str]:
    stukken = _beste_splitsing(woord)
    alle = []
    for stuk in stukken:
        alle.append(stuk)
        if len(stuk) >= KORTSTE + 1:
            alle.extend(_ontleed(stuk))
    return alle


def _beste_splitsing(woord: str) -> list[str]:
    if not KORTSTE <= len(woord) <= LANGSTE or not woord.isalpha():
        return []
    basis = stam(woord)
    soort = woordsoorten().get(woord, 0) | woordsoorten().get(basis, 0)
    if soort & IS_WERKWOORD:
        return []
    beste: tuple[float, list[str]] | None = None
    for grens in range(3, len(woord) - 2):
        hoofd = woord[grens:]
        if soort and (grens < 4 or len(hoofd) < 4) and stam(hoofd) not in KORTE_STAARTEN:
            continue
        kosten_hoofd, stukken_hoofd = _als_hoofd(hoofd)
        if not stukken_hoofd:
            continue
        kosten_begin, begin = _als_begin(woord[:grens])
        if begin and (beste is None or kosten_begin + kosten_hoofd < beste[0]):
            beste = (kosten_begin + kosten_hoofd, [begin, *stukken_hoofd])
    return beste[1] if beste else []


def _als_begin(deel: str) -> tuple[float, str]:
    lijst = woordsoorten()
    if lijst.get(deel, 0) & KAN_BEGINNEN:
        return 1 + (0.5 if len(deel) == 3 else 0), deel
    kern = deel.removesuffix("s")
    if len(kern) >= 4 and lijst.get(kern, 0) & (KAN_BEGINNEN | KAN_EINDIGEN):
        return 1.2, kern
    basis = stam(deel)
    if basis != deel and len(basis) >= 3 and lijst.get(basis, 0) & (KAN_BEGINNEN | KAN_EINDIGEN):
        return 1.3, basis
    return 0, ""


@lru_cache(maxsize=20_000)
def _als_hoofd(deel: str) -> tuple[float, list[str]]:
    if woordsoorten().get(deel, 0) & KAN_EINDIGEN or woordsoorten().get(stam(deel), 0) & KAN_EINDIGEN:
        return 1 + (0.5 if len(deel) == 3 else 0), [deel]
    stukken = _beste_splitsing(deel)
    return (1.2 * len(stukken), stukken) if stukken else (0, [])
