from django.urls import path

from sources.views import capture_page, captures, comparing, copies, downloads, history, stamps, uploads

urlpatterns = [
    path("sources/<str:ref>/upload/", uploads.upload, name="capture-upload"),
    path("captures/<uuid:pk>/file/", uploads.download, name="capture-file"),
    path("sources/<str:ref>/capture/", captures.request_capture, name="capture-request"),
    path("cases/<slug:slug>/captures/", captures.of_case, name="capture-list"),
    path("captures/<uuid:pk>/", capture_page.detail, name="capture-detail"),
    path("captures/<uuid:pk>/history/", history.of_capture, name="capture-history"),
    path("captures/<uuid:pk>/state/", captures.state, name="capture-state"),
    path("captures/<uuid:pk>/wacz/", downloads.wacz, name="capture-download"),
    path("captures/<uuid:pk>/text/", downloads.text, name="capture-text"),
    path("captures/<uuid:pk>/stamps/", stamps.ask, name="capture-stamp-ask"),
    path("captures/<uuid:pk>/stamps/<int:stamp>/", downloads.stamp, name="capture-stamp"),
    path("captures/<uuid:pk>/pictures/<str:which>/", downloads.picture, name="capture-picture"),
    path("captures/<uuid:pk>/compared/<uuid:other>/", comparing.compare, name="capture-compared"),
    path("captures/<uuid:pk>/copies/", copies.ask, name="capture-copy"),
]
