from django.urls import path

from verification.views import case_page, claim_forms, claim_page, claim_remarks

urlpatterns = [
    path("cases/<slug:slug>/", case_page.detail, name="case-detail"),
    path("cases/<slug:slug>/claims/new/", claim_forms.create, name="claim-create"),
    path("claims/<str:reference>/", claim_page.detail, name="claim-detail"),
    path("claims/<str:reference>/edit/", claim_forms.edit, name="claim-edit"),
    path("claims/<str:reference>/comment/", claim_remarks.comment, name="claim-comment"),
    path("claims/<str:reference>/close/", claim_remarks.close, name="claim-close"),
    path("claims/<str:reference>/reopen/", claim_remarks.reopen, name="claim-reopen"),
]
