from django.urls import path

from verification.views import case_list, find

urlpatterns = [
    path("cases/", case_list.listing, name="case-list"),
    path("find/", find.find, name="find"),
]
