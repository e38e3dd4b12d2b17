"""Lists, their films, and who makes them together."""

from typing import Any

from django.db.models import Q
from rest_framework import serializers

from accounts.models import User
from accounts.models.visibility import findable
from accounts.serializers.members import MemberNameSerializer
from watchlists.lists import seen_by, seen_count
from watchlists.models import Collaborator, List, ListItem, Role, Visibility
from watchlists.serializers.fields import PlaceSerializer, WordsField, movie_id
from watchlists.serializers.films import OfFilmSerializer
from web.typed import YesNoField

OWNER = "owner"
VISIBILITY = "`public`, `followers` and `private` are bounded by who sees your profile; `link` is for who has the key."
ROLE = "An `editor` changes the films, a `viewer` sees them."


class ListSerializer(serializers.Serializer):
    """A list without its films."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    ranked = serializers.BooleanField(source="is_ranked", help_text="Whether the order is from best to worst.")
    visibility = serializers.ChoiceField(Visibility.values, help_text=VISIBILITY)
    owner = MemberNameSerializer()
    item_count = serializers.IntegerField(min_value=0)
    cloned_from = serializers.IntegerField(source="cloned_from_id", allow_null=True)
    role = serializers.ChoiceField(
        [OWNER, *Role.values], allow_null=True, help_text="What you are to it; null where it is only shown to you."
    )
    accepted = serializers.BooleanField(help_text="False while you are asked to share in it, and have not answered.")
    key = serializers.CharField(allow_null=True, help_text="What opens it to others; its owner's to know, if by link.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def to_representation(self, instance: List) -> dict[str, Any]:
        viewer = self.context["request"].user
        is_own, share = instance.owner_id == viewer.pk, self.context["shares"].get(instance.pk)
        by_link = instance.visibility == Visibility.LINK
        instance.role = OWNER if is_own else share and share.role
        instance.accepted = is_own or bool(share and share.accepted_at)
        instance.key = instance.link_key if is_own and by_link else None
        return super().to_representation(instance)


class ProgressSerializer(serializers.Serializer):
    seen = serializers.IntegerField(help_text="How many of its films you have seen.")
    total = serializers.IntegerField()


class WholeListSerializer(ListSerializer):
    progress = ProgressSerializer(allow_null=True, help_text="Null where nobody is signed in.")

    def to_representation(self, instance: List) -> dict[str, Any]:
        seen = seen_count(instance, self.context["request"].user)
        instance.progress = None if seen is None else {"seen": seen, "total": instance.item_count}
        return super().to_representation(instance)


class ListWordsSerializer(serializers.Serializer):
    name = WordsField(max_length=120)
    description = WordsField(required=False, allow_blank=True, max_length=4_000)
    ranked = YesNoField(source="is_ranked", required=False)
    visibility = serializers.ChoiceField(Visibility.values, required=False, help_text=VISIBILITY)


class ListChangesSerializer(ListWordsSerializer):
    name = WordsField(required=False, max_length=120)


class CloneSerializer(ListChangesSerializer):
    """What is to be another than in the list that is cloned. A clone is private unless it is said."""


class ListItemSerializer(OfFilmSerializer):
    """A film in a list. `context["before"]` is how many of the list come before the page."""

    rank = serializers.IntegerField(min_value=1, help_text="Its number in the list, counted from 1.")
    note = serializers.CharField(allow_blank=True)
    added_at = serializers.DateTimeField()
    added_by = MemberNameSerializer(allow_null=True, help_text="Null where they left, or are hidden from you.")
    seen = serializers.BooleanField(allow_null=True, help_text="Whether you have seen it; null where nobody is known.")

    def read_together(self, rows: list[ListItem]) -> dict[str, Any]:
        viewer = self.context["request"].user
        adders = User.objects.filter(pk__in={row.added_by_id for row in rows})
        shown = adders.filter(Q(pk=viewer.pk) | findable(viewer, ""))
        seen = None
        if viewer.pk is not None:
            seen = set(
                ListItem.objects.filter(seen_by(viewer), pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
            )
        ranks = {row.pk: self.context["before"] + number for number, row in enumerate(rows, 1)}
        return {"members": shown.in_bulk(), "seen": seen, "ranks": ranks}

    def body(self, row: ListItem, film: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
        member = more["members"].get(row.added_by_id)
        return {
            "rank": more["ranks"][row.pk],
            "movie": film,
            "note": row.note,
            "added_at": row.added_at,
            "added_by": MemberNameSerializer(member, context=self.context).data if member else None,
            "seen": None if more["seen"] is None else row.pk in more["seen"],
        }


class ItemNoteSerializer(PlaceSerializer):
    note = WordsField(required=False, allow_blank=True, max_length=500)


class NewItemSerializer(ItemNoteSerializer):
    movie_id = movie_id()


class CollaboratorSerializer(MemberNameSerializer):
    """One who shares in a list, or is asked to."""

    role = serializers.ChoiceField(Role.values, help_text=ROLE)
    invited_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True, help_text="Null until they have accepted.")

    def to_representation(self, instance: Collaborator) -> dict[str, Any]:
        name = super().to_representation(instance.member)
        told = {"role": instance.role, "invited_at": instance.invited_at, "accepted_at": instance.accepted_at}
        return name | told


class RoleSerializer(serializers.Serializer):
    role = serializers.ChoiceField(Role.values, required=False, default=Role.EDITOR.value, help_text=ROLE)
