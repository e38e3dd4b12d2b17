"""What the tests of moderation are made of."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.tests.members import make_member
from catalog.tests.films import make_movie
from reviews import moderation
from reviews.models import Case, Comment, Decision, Review
from reviews.moderation import Verdict

Kind = Decision.Kind


def make_review(author: User, movie_id: int = 949, body: str = "Again and again.", **columns: Any) -> Review:
    from catalog.models import Movie

    movie = Movie.objects.filter(pk=movie_id).first() or make_movie(movie_id, "Heat")
    return Review.objects.create(author=author, movie=movie, body=body, published_at=timezone.now(), **columns)


def make_comment(author: User, review: Review, body: str = "No.") -> Comment:
    review.comment_count += 1
    review.save(update_fields=["comment_count"])
    return Comment.objects.create(author=author, review=review, body=body)


def make_moderator(username: str = "inspector", group: str = "Moderator") -> User:
    moderator = make_member(username, is_staff=True)
    if not Group.objects.filter(name=group).exists():
        appoint()
    moderator.groups.add(Group.objects.get(name=group))
    return moderator


def appoint() -> None:
    """Makes the groups and the rules as the migration did, whose rows a test without a transaction has emptied out."""
    migration = import_module("reviews.migrations.0004_moderators")
    migration.appoint(apps, SimpleNamespace(connection=connection))


def reported(subject: Review | Comment, *reporters: User, reason: str = "spam") -> Case:
    for reporter in reporters or (make_member(),):
        moderation.report(reporter=reporter, subject=subject, reason=reason)
    return Case.objects.get(**{subject._meta.model_name: subject})


def decided(case: Case, kind: str, by: User, **verdict: Any) -> Decision:
    return moderation.decide(case=case, verdict=Verdict(kind, verdict.pop("reason", "Because."), **verdict), by=by)


def status_of(subject: Review | Comment) -> str:
    return type(subject).objects.values_list("status", flat=True).get(pk=subject.pk)
