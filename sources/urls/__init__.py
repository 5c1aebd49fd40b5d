from sources.urls import captures, sources

urlpatterns = [*captures.urlpatterns, *sources.urlpatterns]
