from django.urls import path

from verification.views import alerts, as_it_stood, case_as_it_stood, picture, supposing

urlpatterns = [
    path("alerts/<int:pk>/close/", alerts.close, name="alert-close"),
    path("cases/<slug:slug>/picture/", picture.of_case, name="case-picture"),
    path("cases/<slug:slug>/picture.svg", picture.of_case_as_file, name="case-picture-file"),
    path("claims/<str:reference>/picture.svg", picture.of_claim, name="claim-picture"),
    path("cases/<slug:slug>/as-it-stood/", case_as_it_stood.as_it_stood, name="case-as-it-stood"),
    path("claims/<str:reference>/as-it-stood/", as_it_stood.as_it_stood, name="claim-as-it-stood"),
    path("claims/<str:reference>/advice/", supposing.advice, name="claim-advice"),
    path("claims/<str:reference>/what-if/", supposing.what_if, name="claim-what-if"),
]
