"""Where a visitor's list is kept: in the session, or in the database for who has an account.

The session also knows which listings are on the list of an account, so that every page can say so without a query.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from organisaties.actions import doorgeven as acties
from organisaties.actions.doorgeven import Regel
from organisaties.models import Doorgeeflijst
from welzijnportal.accounts.models import Gebruiker

Wijziging = Callable[[list[Regel]], list[Regel]]

# What the session holds: the list of who has no account, and of who has one which list it is and what is on it.
LOS, LIJST, SLEUTELS, BLADEN = "doorgeven", "doorgeeflijst", "doorgeefsleutels", "doorgeefbladen"


def in_lijst(request: HttpRequest) -> frozenset[int]:
    """The listings on this visitor's list, for the header and the buttons of every page; costs no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return frozenset()
    los = {regel[0] for regel in (request.session.get(LOS) or {}).get("regels", [])}
    return frozenset({*los, *(request.session.get(SLEUTELS) or [])})


def eigenaar(request: HttpRequest) -> Gebruiker | None:
    return request.user if isinstance(request.user, Gebruiker) else None


def losse_lijst(request: HttpRequest) -> tuple[str, list[Regel]]:
    """The title and the listings of the list in the session."""
    bewaard: dict[str, Any] = request.session.get(LOS) or {}
    return bewaard.get("naam", ""), [Regel(*regel) for regel in bewaard.get("regels", [])]


def bewaar_los(request: HttpRequest, naam: str, regels: list[Regel]) -> None:
    if not regels and not naam:
        request.session.pop(LOS, None)
        return
    rijen = [[regel.organisatie, regel.dienst, regel.zin] for regel in regels]
    request.session[LOS] = {"naam": naam, "regels": rijen}


def gekozen_lijst(request: HttpRequest, lijsten: list[Doorgeeflijst]) -> Doorgeeflijst | None:
    """The list of the account that was last worked on here, else the newest."""
    pk = request.session.get(LIJST)
    return next((lijst for lijst in lijsten if lijst.pk == pk), None) or next(iter(lijsten), None)


def onthoud(request: HttpRequest, lijst: Doorgeeflijst | None, regels: list[Regel]) -> None:
    """Let the session know what is on the account's list; nothing is written when it knew."""
    sleutels = [regel.organisatie for regel in regels]
    for naam, waarde in ((LIJST, lijst.pk if lijst else None), (SLEUTELS, sleutels)):
        if (request.session.get(naam) or None) != (waarde or None):
            request.session[naam] = waarde


def wijzig(request: HttpRequest, wijziging: Wijziging, naam: str | None = None) -> list[Regel]:
    """Change the visitor's list and return what it holds; raises DoorgeefFout.

    Who has logged in since gathering gets what was in the session added to the list of the account.
    """
    wie = eigenaar(request)
    if wie is None:
        return _wijzig_los(request, wijziging, naam)
    losse_naam, los = losse_lijst(request)
    lijst = gekozen_lijst(request, list(wie.doorgeeflijsten.all()))
    if lijst is None:
        lijst = acties.maak_lijst(eigenaar=wie, naam=losse_naam or acties.STANDAARDNAAM)
    regels = acties.wijzig_lijst(lijst=lijst, wijziging=lambda oud: wijziging(acties.met(oud, *los)), naam=naam or None)
    bewaar_los(request, "", [])
    onthoud(request, lijst, regels)
    return regels


def _wijzig_los(request: HttpRequest, wijziging: Wijziging, naam: str | None) -> list[Regel]:
    """Change the list in the session as it is at this moment, and keep it at once.

    Two presses shortly after each other are two requests that read the same session: the one that is written last
    would lose the other's listing.
    """
    with transaction.atomic():
        rij = Session.objects.select_for_update().filter(session_key=request.session.session_key or "").first()
        if rij is not None:
            request.session[LOS] = rij.get_decoded().get(LOS) or {}
        losse_naam, los = losse_lijst(request)
        regels = wijziging(los)
        bewaar_los(request, losse_naam if naam is None else naam, regels)
        if rij is not None:
            request.session.save()
            # What is written now must not be written again after another request's turn.
            request.session.modified = False
    return regels
