from django.urls import path

from verification.views import history, proof

urlpatterns = [
    path("claims/<str:reference>/history/", history.of_claim, name="claim-history"),
    path("evidence/<str:reference>/history/", history.of_evidence, name="evidence-history"),
    path("cases/<slug:slug>/history/", history.of_case, name="case-history"),
    path("people/<int:user_id>/history/", history.of_person, name="person-history"),
    path("audit/entries/<int:index>/", proof.proof, name="audit-proof"),
    path("audit/", history.whole_record, name="audit-list"),
]
