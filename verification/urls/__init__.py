from verification.urls import claims, corroboration, evidence, history, work

urlpatterns = [
    *work.urlpatterns,
    *claims.urlpatterns,
    *evidence.urlpatterns,
    *corroboration.urlpatterns,
    *history.urlpatterns,
]
