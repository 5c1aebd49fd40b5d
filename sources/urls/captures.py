from django.urls import path

from sources.views import captures, copies, downloads, history

urlpatterns = [
    path("sources/<str:ref>/capture/", captures.request_capture, name="capture-request"),
    path("cases/<slug:slug>/captures/", captures.of_case, name="capture-list"),
    path("captures/<uuid:pk>/", captures.detail, name="capture-detail"),
    path("captures/<uuid:pk>/history/", history.of_capture, name="capture-history"),
    path("captures/<uuid:pk>/state/", captures.state, name="capture-state"),
    path("captures/<uuid:pk>/wacz/", downloads.wacz, name="capture-download"),
    path("captures/<uuid:pk>/text/", downloads.text, name="capture-text"),
    path("captures/<uuid:pk>/stamps/<int:stamp>/", downloads.stamp, name="capture-stamp"),
    path("captures/<uuid:pk>/copies/", copies.ask, name="capture-copy"),
]
