from django.urls import path

from publishing.views import cases, claims

urlpatterns = [
    path("claims/<str:reference>/publish/", claims.publish, name="claim-publish"),
    path("claims/<str:reference>/releases/", claims.listing, name="claim-releases"),
    path("claims/<str:reference>/releases/<int:number>/", claims.release, name="claim-release"),
    path("cases/<slug:slug>/publish/", cases.publish, name="case-publish"),
    path("cases/<slug:slug>/releases/", cases.listing, name="case-releases"),
    path("cases/<slug:slug>/releases/<int:number>/", cases.release, name="case-release"),
]
