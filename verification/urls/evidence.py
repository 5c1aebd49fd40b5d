from django.urls import path

from verification.views import binding, evidence

urlpatterns = [
    path("claims/<str:reference>/evidence/new/", evidence.add, name="evidence-add"),
    path("evidence/<str:reference>/edit/", evidence.edit, name="evidence-edit"),
    path("evidence/<str:reference>/passage/", binding.bind, name="evidence-bind"),
    path("evidence/<str:reference>/withdraw/", evidence.withdraw, name="evidence-withdraw"),
]
