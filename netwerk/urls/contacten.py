"""Contacts, introductions, personal invitations, blocks and reports."""

from django.urls import URLPattern, URLResolver, path

from netwerk.views.contacten import blokkeren, contact, introduceren, signaleren, uitnodigen

urlpatterns: list[URLPattern | URLResolver] = [
    path("contacten/", contact.contacten, name="contacten"),
    path("contacten/geblokkeerd/", blokkeren.geblokkeerd, name="geblokkeerd"),
    path("contacten/uitnodigen/", uitnodigen.contact_uitnodigen, name="contact_uitnodigen"),
    path("contacten/uitnodigen/link/", uitnodigen.contact_link, name="contact_link"),
    path(
        "contacten/uitnodigen/<int:pk>/intrekken/",
        uitnodigen.contactuitnodiging_intrekken,
        name="contactuitnodiging_intrekken",
    ),
    path("contacten/uitnodiging/<str:token>/", uitnodigen.contactuitnodiging, name="contactuitnodiging"),
    path("contacten/introducties/<int:pk>/", introduceren.introductie, name="introductie"),
    path("contacten/<slug:code>/vragen/", contact.contact_vragen, name="contact_vragen"),
    path("contacten/<slug:code>/antwoord/", contact.contact_antwoord, name="contact_antwoord"),
    path("contacten/<slug:code>/intrekken/", contact.contact_intrekken, name="contact_intrekken"),
    path("contacten/<slug:code>/beeindigen/", contact.contact_beeindigen, name="contact_beeindigen"),
    path("contacten/<slug:code>/voorstellen/", introduceren.introductie_vragen, name="introductie_vragen"),
    path("contacten/<slug:code>/blokkeren/", blokkeren.blokkeren, name="blokkeren"),
    path("signaleren/", signaleren.signaleren, name="signaleren"),
]
