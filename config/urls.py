from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from accounts.views import picture
from activity.views.feed import start
from reviews.appeal_pages import appeal
from web import errors
from web.limited import limited

admin.site.site_header = admin.site.site_title = "Marquee"
admin.site.index_title = _("Staff")
# By the site's own door, where tries are counted and a second factor is asked for.
admin.site.login = limited(secure_admin_login(admin.site.login), "login")
# Nor does it have a page of its own for a new password, which would leave the sessions of the old one alive.
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")

urlpatterns = [
    # First: what is included without a path of its own is gone through to its end, a part of each call's time.
    path("api/v1/", include("config.api")),
    path("", limited(start), name="home"),
    path("", include("web.urls")),
    path("", include("catalog.urls")),
    path("", include("accounts.urls_members")),
    path("", include("reviews.urls_reviews")),
    path("", include("watchlists.urls_members")),
    path("", include("activity.urls")),
    path("", include("notifications.urls")),
    path("", include("reviews.urls")),
    path("", include("watchlists.urls")),
    path("api/", include("web.documents")),
    path("pictures/<str:name>.webp", picture, name="picture"),
    path("appeals/<str:key>", limited(appeal, "write"), name="appeal"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("accounts.headless_urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.handler400
handler403 = errors.handler403
handler404 = errors.handler404
handler500 = errors.handler500
