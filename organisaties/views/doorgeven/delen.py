import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisaties.actions.doorgeefbladen import blad_van, deel, link_van, mail_blad, trek_in
from organisaties.actions.doorgeven import DoorgeefFout
from organisaties.forms.doorgeven import DelenForm, MailForm
from organisaties.models import Doorgeefblad
from organisaties.views.doorgeven.houder import BLADEN, eigenaar
from organisaties.views.doorgeven.lijst import Stand
from organisaties.weergave.qr import qr_svg
from welzijnportal.http import volledige_url, zelfde_oorsprong
from welzijnportal.ratelimit import mag

TE_VAAK = "U deelt nu veel lijsten kort na elkaar. Wacht een uur en probeer het dan nog eens."
TE_VEEL_MAIL = "U hebt kort na elkaar veel mails verstuurd. Wacht een uur, of geef de link zelf door."


def besloten(response: HttpResponse) -> HttpResponse:
    """For pages whose address is a secret: no cache keeps them, no search engine, and no other site hears of it."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@zelfde_oorsprong
def doorgeven_delen(request: HttpRequest) -> HttpResponse:
    stand = Stand(request)
    aantal = sum(bool(blok.url) for blok in stand.blokken)
    if not aantal:
        return redirect("organisaties:doorgeven")
    form = DelenForm(request.POST or None)
    te_vaak = False
    if request.method == "POST" and form.is_valid():
        te_vaak = not mag(request, "doorgeven")
        if not te_vaak:
            return _deel(request, stand, form.cleaned_data["termijn"])
    context = {"form": form, "titel": stand.naam, "aantal": aantal, "te_vaak": TE_VAAK if te_vaak else ""}
    return render(request, "organisaties/doorgeven/delen.html", context, status=429 if te_vaak else 200)


def _deel(request: HttpRequest, stand: Stand, termijn: str) -> HttpResponse:
    try:
        blad, token = deel(regels=stand.regels, naam=stand.naam, termijn=termijn, eigenaar=eigenaar(request))
    except DoorgeefFout as fout:
        messages.warning(request, str(fout))
        return redirect("organisaties:doorgeven")
    if blad.eigenaar_id is None:
        request.session[BLADEN] = [*request.session.get(BLADEN, []), blad.pk]
    return redirect("organisaties:doorgeven_gedeeld", token)


def _is_van(request: HttpRequest, blad: Doorgeefblad) -> bool:
    if blad.eigenaar_id:
        return blad.eigenaar_id == request.user.pk
    return blad.pk in request.session.get(BLADEN, [])


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@zelfde_oorsprong
def doorgeven_gedeeld(request: HttpRequest, token: str) -> HttpResponse:
    """For who shared it: the link, its QR code and a form to mail it."""
    blad = blad_van(token)
    if blad is None or not _is_van(request, blad):
        raise Http404
    form = MailForm(request.POST or None)
    te_vaak = False
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        # The address itself is not kept, not even to count by.
        sleutel = hashlib.sha256(email.lower().encode()).hexdigest()
        te_vaak = not (mag(request, "doorgeven_mail") and mag(request, "doorgeven_adres", sleutel=sleutel))
        if not te_vaak:
            if not form.is_van_een_programma:
                mail_blad(blad=blad, token=token, email=email)
            messages.success(request, "De mail is verstuurd. Het adres hebben wij niet bewaard.")
            return besloten(redirect("organisaties:doorgeven_gedeeld", token))
    link = volledige_url(link_van(token))
    context = {
        "blad": blad,
        "link": link,
        "qr": qr_svg(link, "QR-code naar de gedeelde lijst"),
        "form": form,
        "te_vaak": TE_VEEL_MAIL if te_vaak else "",
    }
    response = besloten(render(request, "organisaties/doorgeven/gedeeld.html", context, status=429 if te_vaak else 200))
    # Its form is guarded by the origin, which a browser does not tell of a page without referrer.
    response["Referrer-Policy"] = "same-origin"
    return response


@login_not_required
@require_POST
@zelfde_oorsprong
def doorgeven_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    blad = Doorgeefblad.objects.filter(pk=pk).first()
    if blad is None or not _is_van(request, blad):
        raise Http404
    trek_in(blad=blad)
    messages.success(request, "De link werkt niet meer.")
    return redirect("organisaties:doorgeven")
