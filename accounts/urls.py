"""Members' own pages, beside those of allauth."""

from allauth.account import views as doors
from django.urls import path

from accounts import people_pages, views
from web.limited import limited

urlpatterns = [
    path("login/", limited(doors.login, "login"), name="account_login"),
    path("signup/", limited(doors.signup, "login"), name="account_signup"),
    path("password/reset/", limited(doors.password_reset, "login"), name="account_reset_password"),
    path("", views.overview, name="account"),
    path("profile/", views.profile, name="account_profile"),
    path("sessions/", views.sessions_page, name="account_sessions"),
    path("sessions/<uuid:session_id>/end/", views.end_session, name="account_end_session"),
    path("sessions/end/", views.end_other_sessions, name="account_end_sessions"),
    path("api-keys/", views.api_keys_page, name="account_api_keys"),
    path("api-keys/<int:key_id>/rotate/", views.rotate_key, name="account_rotate_key"),
    path("api-keys/<int:key_id>/revoke/", views.revoke_key, name="account_revoke_key"),
    path("export/", views.exports_page, name="account_exports"),
    path("export/<int:export_id>/archive/", views.archive, name="account_archive"),
    path("people/", people_pages.room, name="account_people"),
    path("people/<str:name>/", people_pages.room, name="account_people"),
    path("people/do/<str:deed>/", limited(people_pages.tie, "write"), name="account_tie"),
    path("leave/", views.leave, name="account_leave"),
    path("stay/", views.stay, name="account_stay"),
]
