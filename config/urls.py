from django.contrib import admin
from django.urls import include, path

from catalog.views import home
from web import errors
from web.limited import limited

admin.site.site_header = admin.site.site_title = "Marquee"
admin.site.index_title = "Staff"
admin.site.login = limited(admin.site.login, "login")

urlpatterns = [
    path("", home, name="home"),
    path("", include("web.urls")),
    path("api/", include("web.documents")),
    path("api/v1/", include("config.api")),
    path("admin/", admin.site.urls),
]

handler400 = errors.handler400
handler403 = errors.handler403
handler404 = errors.handler404
handler500 = errors.handler500
