from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import erasing, sessions
from accounts.identity import tell_changed
from accounts.models import User


class NewPasswordForm(AdminPasswordChangeForm):
    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Ends the member's sessions, as a new password does at every door."""
        user = super().save(commit)
        sessions.end_all(user)
        return user


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "email"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts; a name that is taken in other capitals is refused by the database's own constraint."""

    add_form = NewUserForm
    change_password_form = NewPasswordForm
    list_display = ["username", "email", "display_name", "is_staff", "is_active", "joined_at"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["username", "email", "display_name"]
    ordering = ["-joined_at"]
    readonly_fields = ["joined_at", "last_login"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["username", "email", "display_name", "password"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "email", "usable_password", "password1", "password2"]})]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """One who is shut out is out at once, with their tokens, keys and browsers."""
        super().save_model(request, obj, form, change)
        tell_changed(obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        erasing.remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.order_by("pk"):
            erasing.remove(user)
