"""What stands in the words of a short message: hashtags, the first link, and who is mentioned.

A mention is stored as '@[code]', so that it follows the person and not the name. People type '@' and a name.
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower

from netwerk.keuzes import CODETEKENS
from netwerk.models import Bericht, Contact, Professional, Volgt
from organisaties.models import Thema
from welzijnportal.validators import webadres

MAX_LABELS, MAX_VERMELDINGEN = 10, 10
MAX_LABEL = 50
VERMELDING = re.compile(rf"@\[([{CODETEKENS}]{{12}})\]")
# Not in the middle of a word or an address, and at least one letter: '#1' is no subject.
HASHTAG = re.compile(r"(?<![\w/&#])#(\w{1,50})(?!\w)")
LINK = re.compile(r"https?://[^\s<>\"\[\]{}|\\^`]{3,490}", re.IGNORECASE)
_NAAM = re.compile(r"(?<![\w.@])@(?!\[)([^\W\d_][^\s@#]*(?:[ \t]+[^\s@#]+){0,4})")
_EINDE = ".,;:!?)'\"’”…"


def normaliseer_label(woord: str) -> str:
    """Return a hashtag as it is kept: small letters and digits without accents, '' when no letter is left."""
    kaal = "".join(teken for teken in unicodedata.normalize("NFKD", woord.casefold()) if teken.isalnum())
    return kaal[:MAX_LABEL] if any(teken.isalpha() for teken in kaal) else ""


def labels_in(tekst: str) -> list[str]:
    gevonden = (normaliseer_label(treffer[1]) for treffer in HASHTAG.finditer(tekst))
    return [label for label in dict.fromkeys(gevonden) if label][:MAX_LABELS]


def labels_van_themas(themas: Iterable[Thema]) -> list[str]:
    """Return the hashtags by which messages are about these themes: their names and the words people use for them."""
    woorden = [woord for thema in themas for woord in (thema.slug, thema.naam, *thema.trefwoorden)]
    return [label for label in dict.fromkeys(normaliseer_label(woord) for woord in woorden) if label]


def link_zonder_staart(adres: str) -> str:
    """Return a web address without the full stop or bracket of the sentence that it stands in."""
    while adres and adres[-1] in _EINDE and not (adres[-1] == ")" and "(" in adres):
        adres = adres[:-1]
    return adres


def is_gewone_link(adres: str) -> bool:
    try:
        webadres(adres)
        urlsplit(adres).hostname.encode("idna")  # type: ignore[union-attr]
    except (ValidationError, ValueError):
        return False
    return True


def eerste_link(tekst: str) -> str:
    """Return the first address of the text that one can go to, '' when there is none; nothing is fetched."""
    for treffer in LINK.finditer(tekst):
        adres = link_zonder_staart(treffer[0])
        if is_gewone_link(adres):
            return adres
    return ""


def codes_in(tekst: str) -> list[str]:
    return list(dict.fromkeys(VERMELDING.findall(tekst)))[:MAX_VERMELDINGEN]


def leg_vermeldingen_vast(tekst: str, schrijver: Professional, antwoord_op: Bericht | None) -> str:
    """Replace each '@Name' of somebody whom the writer follows, knows, or answers by '@[code]'.

    A name that two of them have stays as it is typed, and so does every other: a stranger cannot be called.
    """
    bekend = (
        Q(pk__in=Volgt.objects.filter(volger=schrijver).values("professional"))
        | Q(pk__in=Volgt.objects.filter(professional=schrijver).values("volger"))
        | Q(pk__in=Contact.objects.bevestigd().filter(vrager=schrijver).values("gevraagde"))
        | Q(pk__in=Contact.objects.bevestigd().filter(gevraagde=schrijver).values("vrager"))
        | Q(pk=antwoord_op.auteur_id if antwoord_op else None)
    )
    return vervang_namen(tekst, schrijver, bekend)


def vervang_namen(tekst: str, schrijver: Professional, bekend: Q) -> str:
    """Replace each '@Name' of one of these people by '@[code]', in one query; none when nobody is named.

    Left as typed are names that two of them have, and of who blocked the writer or is blocked.
    """
    kansen: dict[str, None] = {}
    for treffer in _NAAM.finditer(tekst):
        woorden = treffer[1].split()
        for aantal in range(len(woorden), 0, -1):
            kansen[" ".join(woorden[:aantal]).rstrip(_EINDE).casefold()] = None
    if not kansen:
        return tekst
    namen: dict[str, list[str]] = {}
    mensen = Professional.objects.actief().zonder_blokkade(schrijver).filter(bekend).annotate(klein=Lower("naam"))
    for klein, code in mensen.filter(klein__in=list(kansen)[:200]).values_list("klein", "code").distinct():
        namen.setdefault(klein, []).append(code)

    def vervang(treffer: re.Match[str]) -> str:
        stukken = re.split(r"([ \t]+)", treffer[1])
        for einde in range(len(stukken), 0, -2):
            ruw = "".join(stukken[:einde])
            naam = ruw.rstrip(_EINDE)
            codes = namen.get(" ".join(naam.split()).casefold(), [])
            if len(codes) == 1:
                return f"@[{codes[0]}]{ruw[len(naam) :]}{''.join(stukken[einde:])}"
        return treffer[0]

    return _NAAM.sub(vervang, tekst)
