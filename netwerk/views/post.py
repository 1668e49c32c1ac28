"""Private post: the list, a thread, and beginning one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netwerk.actions import post as acties
from netwerk.actions.post import PostFout
from netwerk.forms.post import AntwoordForm, PostForm, SchrijfForm
from netwerk.models import Postdraad, Professional
from netwerk.permissions import mag_post_sturen, zijn_contacten
from netwerk.views.contacten.contact import ander
from netwerk.views.toegang import ik, met_profiel
from netwerk.weergave.post import als_regel, draden_van, met_wie
from organisaties.models import Organisatie
from welzijnportal.http import bewaarde_invoer, bewaart_invoer
from welzijnportal.ratelimit import mag

PER_PAGINA = 30
# Of a longer thread the last so many; the rest is asked for by itself.
PER_DRAAD = 50
TE_VAAK = "U stuurt nu heel veel berichten kort na elkaar. Wacht een uur. Wat u typte, staat hieronder nog."


@met_profiel
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    kijker = ik(request)
    bladen = Paginator(draden_van(kijker), PER_PAGINA)
    blad = bladen.get_page(PostForm(request.GET).cleaned_data["pagina"])
    context = {"regels": [als_regel(draad, kijker) for draad in blad.object_list], "blad": blad}
    return render(request, "netwerk/post/lijst.html", context)


def _draad(request: HttpRequest, code: str) -> Postdraad:
    """Fetch a thread of which this person is on one of the sides; 404 otherwise."""
    draad = (
        Postdraad.objects.van(ik(request))
        .select_related("van__gebruiker", "aan__gebruiker", "aan_organisatie")
        .filter(code=code)
        .first()
    )
    if draad is None:
        raise Http404
    return draad


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def postdraad(request: HttpRequest, code: str) -> HttpResponse:
    kijker, draad = ik(request), _draad(request, code)
    reden = acties.reden_zonder_antwoord(draad, kijker)
    form = AntwoordForm(request.POST if request.method == "POST" else bewaarde_invoer(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        if not mag(request, "post", sleutel=str(kijker.pk)):
            form.add_error(None, TE_VAAK)
            status = 429
        else:
            try:
                brief = acties.antwoord(draad=draad, door=kijker, tekst=form.cleaned_data["tekst"])
            except PostFout as fout:
                form.add_error(None, str(fout))
            else:
                messages.success(request, "Verstuurd.")
                return redirect(f"{draad.get_absolute_url()}#brief-{brief.nummer}")
    alles = request.GET.get("alles") == "1"
    brieven = list(draad.berichten.select_related("auteur").order_by("-nummer")[: None if alles else PER_DRAAD + 1])
    heeft_meer = not alles and len(brieven) > PER_DRAAD
    brieven = brieven[: None if alles else PER_DRAAD][::-1]
    if brieven:
        acties.lees(draad=draad, door=kijker, tot=brieven[-1].nummer)
    is_van = draad.is_begonnen_door(kijker)
    context = {
        "draad": draad,
        "met": met_wie(draad, kijker),
        "ander": draad.aan if is_van else draad.van,
        "is_van": is_van,
        "brieven": brieven,
        "heeft_meer": heeft_meer,
        "form": form,
        "reden": reden,
    }
    return render(request, "netwerk/post/draad.html", context, status=status)


@met_profiel
@require_POST
def post_opruimen(request: HttpRequest, code: str) -> HttpResponse:
    acties.ruim_op_voor(draad=_draad(request, code), door=ik(request))
    messages.success(request, "Opgeruimd. Komt er een nieuw bericht, dan staat het weer in uw lijst.")
    return redirect("netwerk:post")


def _schrijf(
    request: HttpRequest, *, aan: Professional | None = None, organisatie: Organisatie | None = None
) -> HttpResponse:
    form = SchrijfForm(request.POST if request.method == "POST" else bewaarde_invoer(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        if not mag(request, "post_nieuw", sleutel=str(ik(request).pk)):
            form.add_error(None, TE_VAAK)
            status = 429
        else:
            try:
                draad = acties.schrijf(van=ik(request), aan=aan, organisatie=organisatie, **form.cleaned_data)
            except PostFout as fout:
                form.add_error(None, str(fout))
            else:
                messages.success(request, "Verstuurd.")
                return redirect(draad)
    context = {"form": form, "aan": aan, "organisatie": organisatie}
    return render(request, "netwerk/post/schrijven.html", context, status=status)


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def post_schrijven(request: HttpRequest, code: str) -> HttpResponse:
    mens = ander(request, code)
    if not mag_post_sturen(ik(request), mens, is_contact=zijn_contacten(ik(request), mens)):
        raise Http404
    return _schrijf(request, aan=mens)


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def post_organisatie(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        raise Http404
    return _schrijf(request, organisatie=organisatie)
