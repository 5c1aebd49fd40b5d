from verification.urls import captures, cases, claims, corroboration, evidence, history, work

urlpatterns = [
    *work.urlpatterns,
    *cases.urlpatterns,
    *claims.urlpatterns,
    *evidence.urlpatterns,
    *captures.urlpatterns,
    *corroboration.urlpatterns,
    *history.urlpatterns,
]
