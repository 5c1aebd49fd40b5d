from django.urls import path

from newsroom.views import cases, ledger, people

urlpatterns = [
    path("cases/new/", cases.create, name="case-create"),
    path("cases/<slug:slug>/edit/", cases.edit, name="case-edit"),
    path("cases/<slug:slug>/policy/", cases.policy, name="case-policy"),
    path("cases/<slug:slug>/members/", cases.members, name="case-members"),
    path("cases/<slug:slug>/members/<int:user_id>/remove/", cases.remove_member, name="case-member-remove"),
    path("people/", people.listing, name="person-list"),
    path("people/new/", people.create, name="person-create"),
    path("people/<int:user_id>/", people.edit, name="person-edit"),
    path("people/<int:user_id>/close/", people.close, name="person-close"),
    path("ledger/", ledger.overview, name="ledger"),
    path("ledger/verifications/<int:pk>/", ledger.verification, name="ledger-verification"),
    path("ledger/checkpoints/<int:size>/", ledger.checkpoint, name="ledger-checkpoint"),
    path("me/", people.profile, name="profile"),
]
