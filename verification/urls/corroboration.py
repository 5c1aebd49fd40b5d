from django.urls import path

from verification.views import picture

urlpatterns = [
    path("claims/<str:reference>/picture.svg", picture.of_claim, name="claim-picture"),
]
