"""Members' own pages, beside those of allauth."""

from collections.abc import Callable

from allauth.account import views as doors
from allauth.socialaccount.providers.facebook import views as facebook
from django.http import HttpResponse
from django.urls import URLPattern, path

from accounts import people_pages, views
from accounts.page_doors import if_set_up, unless_taken
from web.limited import limited


def own(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """A page of ours, where one may do as much as over the API."""
    return path(route, limited(view, "write"), name=name)


urlpatterns = [
    path("login/", limited(doors.login, "login"), name="account_login"),
    path("signup/", limited(doors.signup, "login"), name="account_signup"),
    path("password/reset/", limited(doors.password_reset, "login"), name="account_reset_password"),
    path("email/", unless_taken(doors.email), name="account_email"),
    path("facebook/login/", if_set_up(facebook.oauth2_login), name="facebook_login"),
    path("facebook/login/callback/", if_set_up(facebook.oauth2_callback), name="facebook_callback"),
    path("facebook/login/token/", if_set_up(facebook.login_by_token), name="facebook_login_by_token"),
    own("", views.overview, name="account"),
    own("profile/", views.profile, name="account_profile"),
    own("sessions/", views.sessions_page, name="account_sessions"),
    own("sessions/<uuid:session_id>/end/", views.end_session, name="account_end_session"),
    own("sessions/end/", views.end_other_sessions, name="account_end_sessions"),
    own("api-keys/", views.api_keys_page, name="account_api_keys"),
    own("api-keys/<int:key_id>/rotate/", views.rotate_key, name="account_rotate_key"),
    own("api-keys/<int:key_id>/revoke/", views.revoke_key, name="account_revoke_key"),
    own("export/", views.exports_page, name="account_exports"),
    own("export/<int:export_id>/archive/", views.archive, name="account_archive"),
    own("people/", people_pages.room, name="account_people"),
    own("people/<str:name>/", people_pages.room, name="account_people"),
    own("people/do/<str:deed>/", people_pages.tie, name="account_tie"),
    own("leave/", views.leave, name="account_leave"),
    own("stay/", views.stay, name="account_stay"),
]
