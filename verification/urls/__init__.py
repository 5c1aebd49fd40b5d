from verification.urls import cases, claims, corroboration, evidence, history, work

urlpatterns = [
    *work.urlpatterns,
    *cases.urlpatterns,
    *claims.urlpatterns,
    *evidence.urlpatterns,
    *corroboration.urlpatterns,
    *history.urlpatterns,
]
