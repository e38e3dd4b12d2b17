"""Viewings, and those at which others name the caller."""

from typing import Any

from rest_framework import serializers

from accounts.serializers.members import MemberNameSerializer
from watchlists.companions import MOST_COMPANIONS, shown_companions
from watchlists.models import Companion, Precision, Viewing
from watchlists.serializers.fields import TagsField, WordsField, movie_id
from watchlists.serializers.films import OfFilmSerializer
from web.typed import PatternField, WholeField, YesNoField

NOTE = "For oneself: others do not see it."
PRECISION = "How well the day is known: of a month or a year `watched_on` is the first day."
SOURCE = r"^[a-z0-9][a-z0-9._-]*\Z"


class SeenViewingSerializer(OfFilmSerializer):
    """A viewing as others see it."""

    id = serializers.IntegerField()
    watched_on = serializers.DateField(allow_null=True, help_text="Null where it is unknown.")
    precision = serializers.ChoiceField(Precision.values, help_text=PRECISION)
    rewatch = serializers.BooleanField(help_text="Follows from the other viewings of the film unless it was corrected.")
    rating = serializers.IntegerField(allow_null=True, min_value=1, max_value=10, help_text="What it was then.")
    tags = serializers.ListField(child=serializers.CharField())
    companions = MemberNameSerializer(many=True, help_text="Those whom you can find, and who did not decline.")
    created_at = serializers.DateTimeField()

    def read_together(self, rows: list[Viewing]) -> dict[int, list[dict[str, Any]]]:
        """The names of those at each viewing."""
        found: dict[int, list[dict[str, Any]]] = {}
        name = MemberNameSerializer(context=self.context)
        for companion in shown_companions(rows, self.context["request"].user):
            found.setdefault(companion.viewing_id, []).append(name.to_representation(companion.member))
        return found

    def body(self, row: Viewing, film: dict[str, Any], more: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
        return {
            "id": row.pk,
            "movie": film,
            "watched_on": row.watched_on,
            "precision": row.precision,
            "rewatch": row.is_rewatch,
            "rating": row.rating,
            "tags": row.tags,
            "companions": more.get(row.pk, []),
            "created_at": row.created_at,
        }


class ViewingSerializer(SeenViewingSerializer):
    note = serializers.CharField(allow_blank=True, help_text=NOTE)
    source = serializers.CharField(help_text="Where it came from; `manual` where you wrote it.")
    external_id = serializers.CharField(allow_blank=True, help_text="Its id at the source.")

    def body(self, row: Viewing, film: dict[str, Any], more: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
        own = {"note": row.note, "source": row.source, "external_id": row.external_id}
        return super().body(row, film, more) | own


class ViewingWordsSerializer(serializers.Serializer):
    watched_on = serializers.DateField(required=False, allow_null=True, input_formats=["%Y-%m-%d"])
    precision = serializers.ChoiceField(Precision.values, required=False, help_text=PRECISION)
    rewatch = YesNoField(
        source="is_rewatch", required=False, allow_null=True, help_text="Null: as the other viewings of the film say."
    )
    rating = WholeField(required=False, allow_null=True, min_value=1, max_value=10)
    note = WordsField(required=False, allow_blank=True, max_length=2_000, help_text=NOTE)
    tags = TagsField(required=False)
    companions = serializers.ListField(
        child=WordsField(max_length=30), required=False, max_length=MOST_COMPANIONS, help_text="Usernames of members."
    )


class NewViewingSerializer(ViewingWordsSerializer):
    """Without `watched_on` nobody knows when it was."""

    movie_id = movie_id()
    source = PatternField(SOURCE, required=False, max_length=40)
    external_id = WordsField(
        required=False, allow_blank=True, max_length=200, help_text="The same event of a source told twice is one."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        vague = attrs.get("precision", Precision.UNKNOWN) == Precision.UNKNOWN
        if not vague and attrs.get("watched_on") is None:
            raise serializers.ValidationError({"watched_on": "Say the day, or that it is unknown."}, "required")
        return attrs


class CompanionshipSerializer(OfFilmSerializer):
    """A viewing at which another member names the caller."""

    viewing_id = serializers.IntegerField()
    member = MemberNameSerializer(help_text="Whose diary it is.")
    watched_on = serializers.DateField(allow_null=True)
    precision = serializers.ChoiceField(Precision.values)
    declined = serializers.BooleanField()

    def body(self, row: Companion, film: dict[str, Any], more: Any) -> dict[str, Any]:
        viewing = row.viewing
        return {
            "viewing_id": viewing.pk,
            "movie": film,
            "member": MemberNameSerializer(viewing.user, context=self.context).data,
            "watched_on": viewing.watched_on,
            "precision": viewing.precision,
            "declined": row.declined_at is not None,
        }
