from django.contrib.admin.apps import AdminConfig


class SupportConfig(AdminConfig):
    """Django admin with the one site that only shows."""

    default_site = "newsroom.support.SupportSite"
