"""Proposing a network."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.voorstellen import stel_voor
from netwerk.forms.netwerken import NetwerkForm
from netwerk.keuzes import Netwerkstatus
from netwerk.models import Netwerk, Professional
from netwerk.permissions import mag_netwerk_voorstellen
from netwerk.views.toegang import ik, met_profiel
from welzijnportal.http import bewaart_invoer


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def voorstellen(request: HttpRequest) -> HttpResponse:
    door = ik(request)
    if not mag_netwerk_voorstellen(door):
        return render(request, "netwerk/netwerken/voorstellen.html", {"form": None})
    form = NetwerkForm(request.POST if request.method == "POST" else None, initial=_eerder(request, door))
    if request.method == "POST" and form.is_valid():
        try:
            netwerk = stel_voor(
                door=door,
                velden=form.eigen_velden,
                themas=form.cleaned_data["themas"],
                provincies=form.cleaned_data["provincies"],
            )
        except NetwerkFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, f"Dank u wel. ‘{netwerk}’ ligt bij de redactie. U krijgt bericht.")
            return redirect("netwerk:netwerken")
    return render(request, "netwerk/netwerken/voorstellen.html", {"form": form})


def _eerder(request: HttpRequest, door: Professional) -> dict[str, object]:
    """What somebody proposed before and was declined, to better it."""
    slug = request.GET.get("opnieuw", "")[:120]
    if not slug or "\x00" in slug:
        return {}
    oud = Netwerk.objects.filter(voorgesteld_door=door, status=Netwerkstatus.AFGEWEZEN, slug=slug).first()
    if oud is None:
        return {}
    verbonden = {"themas": list(oud.themas.all()), "provincies": list(oud.provincies.all())}
    return {naam: getattr(oud, naam) for naam in ("naam", "doel", "tekst", "toelating")} | verbonden
