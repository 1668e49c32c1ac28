"""The account's own pages; allauth's stand beside them under the same /account/."""

from django.urls import path

from welzijnportal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.overzicht, name="overzicht"),
    path("wijzigen/", views.wijzigen, name="wijzigen"),
    path("gegevens/", views.gegevens, name="gegevens"),
    path("uitloggen/", views.uitloggen, name="uitloggen"),
    path("verwijderen/", views.verwijderen, name="verwijderen"),
]
