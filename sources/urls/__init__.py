from sources.urls import captures, sources, watching

urlpatterns = [*captures.urlpatterns, *sources.urlpatterns, *watching.urlpatterns]
