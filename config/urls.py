from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("verification.urls")),
    path("", include("newsroom.urls")),
    path("", include("sources.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
