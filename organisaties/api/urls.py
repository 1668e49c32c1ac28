"""Addresses of the API, all below /api/hsds/; with or without a slash at the end, and never a redirect between them."""

from django.urls import URLPattern, re_path

from organisaties.api import views

_ID = r"(?P<sleutel>[^/]{1,200})"

urlpatterns: list[URLPattern] = [
    re_path(r"^api/hsds/?$", views.begin, name="hsds"),
    re_path(r"^api/hsds/openapi\.json$", views.openapi, name="hsds_openapi"),
    re_path(r"^api/hsds/services/?$", views.services, name="hsds_services"),
    re_path(rf"^api/hsds/services/{_ID}/?$", views.service, name="hsds_service"),
    re_path(r"^api/hsds/organizations/?$", views.organizations, name="hsds_organizations"),
    re_path(rf"^api/hsds/organizations/{_ID}/?$", views.organization, name="hsds_organization"),
    re_path(r"^api/hsds/service_at_locations/?$", views.service_at_locations, name="hsds_service_at_locations"),
    re_path(rf"^api/hsds/service_at_locations/{_ID}/?$", views.service_at_location, name="hsds_service_at_location"),
    re_path(r"^api/hsds/taxonomies/?$", views.taxonomies, name="hsds_taxonomies"),
    re_path(rf"^api/hsds/taxonomies/{_ID}/?$", views.taxonomy, name="hsds_taxonomy"),
    re_path(r"^api/hsds/taxonomy_terms/?$", views.taxonomy_terms, name="hsds_taxonomy_terms"),
    re_path(rf"^api/hsds/taxonomy_terms/{_ID}/?$", views.taxonomy_term, name="hsds_taxonomy_term"),
    re_path(r"^api/hsds/.*$", views.onbekend, name="hsds_onbekend"),
]
