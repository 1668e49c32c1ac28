"""The gates of the pages among peers: who may not see a thing gets the same 404 as for one that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from netwerk.keuzes import Plaatsing
from netwerk.models import (
    Blokkade,
    Gesprek,
    Gesprekslabel,
    Gesprekvolger,
    Lidmaatschap,
    Netwerk,
    Professional,
    Reactie,
    professional_van,
)
from netwerk.permissions import (
    lidmaatschap_van,
    mag_gesprek_leiden,
    mag_gesprek_lezen,
    mag_netwerk_beheren,
    mag_netwerk_zien,
    mag_reacties_lezen,
)
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import bewaar_invoer


def kijker_van(request: HttpRequest) -> Professional | None:
    """The profile of who looks, or None for a visitor or an account without one."""
    return professional_van(request.user)


def ik(request: HttpRequest) -> Professional:
    """The profile of who is logged in; only behind ``met_profiel``."""
    if (kijker := professional_van(request.user)) is None:
        raise PermissionDenied
    return kijker


def met_profiel(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard a view for those who have a profile; others who are logged in are sent to make one, and come back."""

    @wraps(view)
    def bewaakt(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, Gebruiker) and professional_van(request.user) is None:
            # Only to where a GET can come back; a form that ``bewaart_invoer`` is filled in again there.
            houdt = request.method == "POST" and getattr(bewaakt, "bewaart_invoer", False)
            if houdt:
                bewaar_invoer(request)
            terug = {"next": request.get_full_path()} if houdt or request.method == "GET" else {}
            return redirect(f"{reverse('netwerk:profiel_maken')}?{urlencode(terug)}")
        return view(request, *args, **kwargs)

    return bewaakt


def te_zien_netwerk(request: HttpRequest, slug: str) -> tuple[Netwerk, Lidmaatschap | None]:
    """Fetch a network whose page this viewer may see, and the viewer's place in it."""
    netwerk = Netwerk.objects.filter(slug=slug).first()
    if netwerk is None:
        raise Http404
    kijker = kijker_van(request)
    lid = lidmaatschap_van(kijker, netwerk)
    if not mag_netwerk_zien(kijker, netwerk, lid):
        raise Http404
    return netwerk, lid


def te_beheren_netwerk(request: HttpRequest, slug: str) -> tuple[Netwerk, Lidmaatschap]:
    netwerk, lid = te_zien_netwerk(request, slug)
    if lid is None or not mag_netwerk_beheren(netwerk, lid):
        raise Http404
    return netwerk, lid


def te_lezen_gesprek(
    request: HttpRequest, code: str, *, ook_ingetrokken: bool = False
) -> tuple[Gesprek, Lidmaatschap | None]:
    """Fetch a conversation that this viewer may read, with its network, author, labels and whether it is followed.

    With it the viewer's place in the network. 404 for who may not, as for none; among those is who was blocked by
    the author or blocked them, unless it is a beheerder of the network. With ``ook_ingetrokken`` also one
    that its author took away after others replied: it comes without its text, and is there to read alone.
    """
    kijker = kijker_van(request)
    regels = Gesprekslabel.objects.filter(content_object=OuterRef("pk")).order_by("tag__name").values("tag__name")
    volgers = Gesprekvolger.objects.filter(
        gesprek=OuterRef("pk"), professional=kijker.pk if kijker else None, volgt=True
    )
    nummers = Reactie.objects.filter(gesprek=OuterRef("pk")).order_by("-nummer").values("nummer")
    gesprek = (
        Gesprek.objects.select_related("netwerk", "auteur", "antwoord")
        .annotate(
            labelnamen=ArraySubquery(regels),
            wordt_gevolgd=Exists(volgers),
            hoogste_nummer=Subquery(nummers[:1]),
            is_geblokkeerd=Exists(Blokkade.objects.tussen(kijker, "auteur")),
            is_antwoord_geblokkeerd=Exists(Blokkade.objects.tussen(kijker, "antwoord__auteur")),
        )
        .filter(code=code)
        .first()
    )
    if gesprek is None:
        raise Http404
    lid = lidmaatschap_van(kijker, gesprek.netwerk) if gesprek.netwerk else None
    if gesprek.is_geblokkeerd and not mag_gesprek_leiden(gesprek, lid):
        raise Http404
    if gesprek.plaatsing == Plaatsing.INGETROKKEN and ook_ingetrokken:
        if not mag_reacties_lezen(kijker, gesprek, lid) or not (
            gesprek.reacties.van_anderen().filter(plaatsing=Plaatsing.GEPLAATST).exists()
        ):
            raise Http404
        gesprek.titel, gesprek.samenvatting, gesprek.tekst = "Ingetrokken gesprek", "", ""
        gesprek.auteur, gesprek.labelnamen = None, []  # type: ignore[attr-defined]
    elif not mag_gesprek_lezen(kijker, gesprek, lid):
        raise Http404
    return gesprek, lid
