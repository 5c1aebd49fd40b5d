"""All under `/-/`, where no archived path can stand in the way, and the worker, whose place says what it rules."""

from django.urls import path

from sources.replay import files, views

urlpatterns = [
    path("-/view/<str:token>/", views.viewer, name="replay-viewer"),
    path("-/document/<str:token>/", views.document, name="replay-document"),
    path("-/picture/<str:token>/", views.picture, name="replay-picture"),
    path("-/saved/<str:token>/", views.saved, name="replay-saved"),
    path("-/upload/<str:token>", views.upload, name="replay-upload"),
    path("-/copy/<str:token>.wacz", views.copy, name="replay-copy"),
    path("-/<path:name>", files.file, name="replay-file"),
    path("sw.js", files.worker, name="replay-worker"),
]
handler404, handler500 = views.not_found, views.broken
