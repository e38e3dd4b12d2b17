from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class WebConfig(AppConfig):
    name = "web"


class AdminConfig(DjangoAdminConfig):
    default = False
