from django.urls import path

from verification.views import as_it_stood, picture, supposing

urlpatterns = [
    path("claims/<str:reference>/picture.svg", picture.of_claim, name="claim-picture"),
    path("claims/<str:reference>/as-it-stood/", as_it_stood.as_it_stood, name="claim-as-it-stood"),
    path("claims/<str:reference>/advice/", supposing.advice, name="claim-advice"),
    path("claims/<str:reference>/what-if/", supposing.what_if, name="claim-what-if"),
]
