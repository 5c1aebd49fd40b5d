from django.urls import path

from sources.views import archive, watches

urlpatterns = [
    path("archive/", archive.health, name="archive"),
    path("archive/captures/", archive.captures, name="archive-captures"),
    path("archive/passages/", archive.passages, name="archive-passages"),
    path("watches/", archive.watches, name="watch-list"),
    path("sources/<str:ref>/watch/", watches.start, name="watch-start"),
    path("watches/<int:pk>/", watches.passages, name="watch-passages"),
    path("watches/<int:pk>/change/", watches.change, name="watch-change"),
    path("watches/<int:pk>/stop/", watches.stop, name="watch-stop"),
]
