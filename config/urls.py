from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config.accounts import no_address_of_their_own
from config.health import healthz

# The admin's own form knows nothing of second factors: whoever wants in signs in where everybody does.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth wraps it so

handler400 = "config.refusals.bad_request"
handler403 = "config.refusals.forbidden"

urlpatterns: list[URLPattern | URLResolver] = [
    # A fixed path stands before one that names a thing: cases/new/ before cases/<slug>/.
    path("", include("newsroom.urls")),
    path("", include("sources.urls")),
    path("", include("verification.urls")),
    path("", include("publishing.urls")),
    path("healthz", healthz, name="healthz"),
    path("accounts/email/", no_address_of_their_own, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]
