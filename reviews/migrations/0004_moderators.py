from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MODERATOR, SENIOR = "Moderator", "Senior moderator"
OF_MODERATORS = [
    "view_case",
    "change_case",
    "view_decision",
    "change_decision",
    "view_appeal",
    "change_appeal",
    "suspend_member",
]
OF_SENIORS = [
    *OF_MODERATORS,
    "ban_member",
    "undo_decision",
    "view_holdrule",
    "change_holdrule",
    "view_heldword",
    "add_heldword",
    "change_heldword",
    "delete_heldword",
]
RULES = [
    {"kind": "rate", "new_for_days": 7, "limit": 10},
    {"kind": "links", "new_for_days": 7, "limit": 1},
    {"kind": "repeated", "new_for_days": 0, "limit": 3},
    {"kind": "words", "new_for_days": 0, "limit": 1},
]


def appoint(apps, schema_editor):
    """The groups, with their permissions, which Django itself makes only when all migrations are through."""
    create_permissions(installed.get_app_config("reviews"), verbosity=0, using=schema_editor.connection.alias, apps=apps)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codes in ((MODERATOR, OF_MODERATORS), (SENIOR, OF_SENIORS)):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="reviews", codename__in=codes))
    HoldRule = apps.get_model("reviews", "HoldRule")
    for rule in RULES:
        HoldRule.objects.get_or_create(kind=rule["kind"], defaults=rule)


def dismiss(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=(MODERATOR, SENIOR)).delete()


class Migration(migrations.Migration):
    """The groups of moderators, and the rules that hold, as a new site begins with them."""

    dependencies = [
        ("reviews", "0003_moderation"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(appoint, dismiss)]
