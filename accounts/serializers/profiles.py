"""Members as JSON, as others see them."""

from typing import Any

from django.db.models import Model
from rest_framework import serializers

from accounts.models import Privacy, User
from accounts.serializers.members import MemberNameSerializer

REQUESTED, ACCEPTED = "requested", "accepted"


class RelationSerializer(serializers.Serializer):
    """What the caller and the member are to each other."""

    following = serializers.BooleanField(help_text="You follow them.")
    requested = serializers.BooleanField(help_text="You have asked to follow them, and wait for their answer.")
    followed_by = serializers.BooleanField(help_text="They follow you.")
    friend = serializers.BooleanField(help_text="Each follows the other.")
    muted = serializers.BooleanField(help_text="You hear nothing of them. They are not told.")
    blocked = serializers.BooleanField(help_text="You block them.")

    def to_representation(self, instance: Any) -> dict[str, bool]:
        follows, follows_viewer = instance.viewer_follows is True, instance.follows_viewer is True
        return {
            "following": follows,
            "requested": instance.viewer_follows is False,
            "followed_by": follows_viewer,
            "friend": follows and follows_viewer,
            "muted": instance.viewer_mutes,
            "blocked": instance.viewer_blocks,
        }


class MemberRowSerializer(MemberNameSerializer):
    """A member in a list. The row is of the member, or a tie to the one at `context["person"]`."""

    is_private = serializers.BooleanField(help_text="They choose who follows them, and only followers see more.")
    follower_count = serializers.IntegerField(min_value=0)
    following_count = serializers.IntegerField(min_value=0)
    relation = RelationSerializer(
        allow_null=True, help_text="What you are to each other; null for yourself, and where nobody is signed in."
    )

    def to_representation(self, instance: Model) -> dict[str, Any]:
        name = self.context.get("person")
        return self.row(getattr(instance, name) if name else instance, instance)

    def row(self, person: User, tie: Any) -> dict[str, Any]:
        viewer = self.context["request"].user
        is_strange = viewer.pk not in (None, person.pk)
        return self.name_of(person) | {
            "is_private": person.profile_privacy != Privacy.PUBLIC,
            "follower_count": person.follower_count,
            "following_count": person.following_count,
            "relation": RelationSerializer(tie).data if is_strange else None,
        }


class FoundMemberSerializer(MemberRowSerializer):
    """A member found. The document names a page after what is in it, and pages of what is found are counted."""


class BlockedSerializer(MemberRowSerializer):
    """One whom the caller blocks: of a private profile the name alone."""

    follower_count = following_count = relation = is_private = None
    blocked_at = serializers.DateTimeField()

    def row(self, person: User, tie: Any) -> dict[str, Any]:
        name = self.name_of(person) | {"blocked_at": tie.created_at}
        return name | ({"display_name": "", "avatar": None} if person.profile_privacy == Privacy.PRIVATE else {})


class MemberSerializer(MemberRowSerializer):
    """A member's profile. Where it is not open to the caller, `bio` and `joined_at` are null."""

    bio = serializers.CharField(allow_null=True, allow_blank=True)
    joined_at = serializers.DateTimeField(allow_null=True)

    def row(self, person: User, tie: Any) -> dict[str, Any]:
        more = {"bio": person.bio, "joined_at": person.joined_at}
        return super().row(person, tie) | (more if tie.is_open else dict.fromkeys(more))


class FollowingSerializer(serializers.Serializer):
    """How far the caller's wish to follow has come."""

    following = serializers.ChoiceField([ACCEPTED, REQUESTED])
