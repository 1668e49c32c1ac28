"""A bare Django application to measure beside: an empty view, a list of 20 rows, and the list on icontains."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from organisaties.models import Organisatie

SJABLOON = engines["django"].from_string(
    """<!doctype html><html lang="nl"><head><title>Organisaties</title></head><body><h1>Organisaties</h1>
    {% if aantal is not None %}<p>{{ aantal }} gevonden</p>{% endif %}<ul>{% for organisatie in rijen %}
    <li><h2><a href="{% url 'organisaties:detail' organisatie.slug %}">{{ organisatie.naam }}</a></h2><p>{{ organisatie.kort }}</p>
    <p>{{ organisatie.get_soort_display }} · {{ organisatie.telefoon }} · {{ organisatie.gepubliceerd_op|date:"j F Y" }}</p></li>
    {% endfor %}</ul></body></html>"""
)


@login_not_required
def leeg(request: HttpRequest) -> HttpResponse:
    return HttpResponse("leeg")


@login_not_required
def lijst(request: HttpRequest) -> HttpResponse:
    rijen = Organisatie.objects.zichtbaar().nieuwste()[:20]
    return HttpResponse(SJABLOON.render({"rijen": rijen, "aantal": None}, request))


@login_not_required
def icontains(request: HttpRequest) -> HttpResponse:
    woord = request.GET.get("q", "")
    rijen = Organisatie.objects.zichtbaar().filter(
        Q(naam__icontains=woord) | Q(kort__icontains=woord) | Q(tekst__icontains=woord)
    )
    return HttpResponse(SJABLOON.render({"rijen": rijen.order_by("naam", "pk")[:20], "aantal": rijen.count()}, request))


urlpatterns = [
    path("kaal/leeg/", leeg),
    path("kaal/lijst/", lijst),
    path("kaal/icontains/", icontains),
    path("", include("welzijnportal.urls")),
]
