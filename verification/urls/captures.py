from django.urls import path

from verification.views import reader

urlpatterns = [
    path("captures/<uuid:pk>/read/", reader.read, name="capture-read"),
]
