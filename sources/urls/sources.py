from django.urls import path

from sources.views import as_it_stood, detail, history, listing, picking, relations, sources

urlpatterns = [
    path("sources/", listing.listing, name="source-list"),
    path("cases/<slug:slug>/sources/", listing.of_case, name="case-sources"),
    path("sources/new/", sources.create, name="source-create"),
    path("sources/pick/", picking.pick, name="source-pick"),
    path("sources/<str:ref>/", detail.detail, name="source-detail"),
    path("sources/<str:ref>/history/", history.of_source, name="source-history"),
    path("sources/<str:ref>/as-it-stood/", as_it_stood.as_it_stood, name="source-as-it-stood"),
    path("sources/<str:ref>/edit/", sources.edit, name="source-edit"),
    path("sources/<str:ref>/share/", sources.share, name="source-share"),
    path("sources/<str:ref>/assess/", relations.assess, name="source-assess"),
    path("sources/<str:ref>/affiliate/", relations.affiliate, name="source-affiliate"),
    path("sources/<str:ref>/derive/", relations.derive, name="source-derive"),
    path("derivations/<int:pk>/relay/", relations.relay, name="derivation-edit"),
    path("derivations/<int:pk>/standing/", relations.derivation_standing, name="derivation-standing"),
    path("affiliations/<int:pk>/standing/", relations.affiliation_standing, name="affiliation-standing"),
]
