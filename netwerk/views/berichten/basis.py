"""What the pages of short messages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from netwerk.forms.berichten import KeuzeForm
from netwerk.models import Bericht
from netwerk.views.toegang import kijker_van
from netwerk.weergave.berichten import te_tonen
from organisaties.models import Organisatie
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import veilige_volgende
from welzijnportal.ratelimit import mag

TE_VAAK = "U doet dit nu heel vaak kort na elkaar. Wacht een uur en probeer het dan nog eens."


def te_lezen_bericht(request: HttpRequest, code: str) -> Bericht:
    """Fetch a message that this viewer may read, with what its page shows; 404 otherwise."""
    kijker = kijker_van(request)
    zichtbaar = Bericht.objects.eigen_woorden().zichtbaar_voor(kijker).filter(code=code)
    bericht = te_tonen(zichtbaar, kijker).select_related("auteur", "organisatie", "antwoord_op").first()
    if bericht is None:
        raise Http404
    return bericht


def organisaties_van(request: HttpRequest) -> list[Organisatie]:
    """The published organisations in whose name this person may write."""
    if not isinstance(request.user, Gebruiker):
        return []
    return list(Organisatie.objects.van(request.user).zichtbaar().order_by("naam"))


def mag_nog(request: HttpRequest, actie: str) -> bool:
    """Count one action of this person; say so when it is one too many."""
    if mag(request, actie, sleutel=str(request.user.pk)):
        return True
    messages.warning(request, TE_VAAK)
    return False


def met_keuze(actie: str, *, bij_bericht: bool = False) -> Callable[[Callable[..., str]], Callable[..., HttpResponse]]:
    """Make a view of a function that does or undoes one thing (POST 'doe') and returns what to say of it.

    It goes back to the page where the button stood, and with ``bij_bericht`` to the message on it.
    """

    def maak(view: Callable[..., str]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def doe(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            form = KeuzeForm(request.POST)
            if form.is_valid() and mag_nog(request, actie) and (tekst := view(request, form.wel, *args, **kwargs)):
                messages.success(request, tekst)
            terug = veilige_volgende(request, "/berichten/")
            return redirect(f"{terug}#b-{kwargs['code']}" if bij_bericht and "#" not in terug else terug)

        return doe

    return maak
