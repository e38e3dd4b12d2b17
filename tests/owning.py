"""Ann, who owns something of everything, and bob, of whom there is as much: for what is asked as a member."""

from typing import Any, NamedTuple

from django.test import RequestFactory
from django.utils import timezone

from accounts import api_keys, own, sessions
from accounts.models import Archive, DataExport, Follow, Session, User
from accounts.tests.members import befriend, make_member
from accounts.tokens import pair_for
from catalog.models import Movie
from catalog.tests.films import make_heat, make_movie, make_movies
from conftest import PASSWORD
from notifications.services import notify
from reviews import discussion, services
from reviews.models import Decision
from reviews.tests.moderating import decided, reported
from watchlists import diary, favorites, list_items, lists, sharing, watchlist

Places = dict[str, Any]


class Household(NamedTuple):
    """What stands in a path for ann's and for bob's, what makes sense in a body of hers, and where she is signed in."""

    anns: Places
    bobs: Places
    body: Places
    session: Session


def furnish(ann: User, bob: User) -> Household:
    """Each keeps, logs, lists and reviews a film of their own, and names the other; eve asks to follow both."""
    heat, ronin = make_heat(), make_movie(8195, "Ronin")
    make_movies(range(1, 6))
    befriend(ann, bob)
    eve = make_member("eve-adams", profile_privacy="private")
    for member in ann, bob:
        Follow.objects.create(follower=eve, followed=member, is_accepted=False)
    anns, bobs = _held(ann, bob, heat), _held(bob, ann, ronin)
    session = sessions.begin(user=ann, request=RequestFactory().get("/"))
    return Household(anns | {"username": "bob"}, bobs | {"username": eve.username}, _sensible(anns), session)


def authorization_of(session: Session) -> str:
    """Good for some minutes."""
    return "Bearer " + pair_for(session)["access"]


def _sensible(held: Places) -> Places:
    films = {"movie_id": 3, "after": 1, "add": [4, 5], "remove": [held["movie_id"], 1]}
    known = {"favorite_genres": [80], "streaming_providers": [8], "companions": ["bob"]}
    return films | known | {"parent_id": held["comment_id"], "password": PASSWORD}


def _held(member: User, other: User, film: Movie) -> Places:
    return _library(member, other, film) | _said(member, other, film) | _account(member)


def _library(member: User, other: User, film: Movie) -> Places:
    watchlist.add(user=member, movie_id=film.pk, note="Soon.")
    favorites.add(user=member, movie_id=film.pk)
    viewing, _ = diary.log(
        user=member, movie_id=film.pk, watched_on=timezone.now().date(), tags=["cinema"], companions=[other]
    )
    made = lists.make(owner=member, name="Heists", is_ranked=True)
    list_items.change_many(made, by=member, add=[film.pk, 1, 2])
    sharing.invite(made, member=other)
    return {"movie_id": film.pk, "viewing_id": viewing.pk, "list_id": made.pk}


def _said(member: User, other: User, film: Movie) -> Places:
    services.rate_movie(user=member, movie=film, value=8)
    review = services.write_review(author=member, movie=film, body="Steel and *rain*.")
    discussion.like_review(review=review, user=other)
    comment = discussion.write_comment(review=review, author=member, body="Again.")
    warned = decided(reported(comment, other), Decision.Kind.WARN, make_member(is_staff=True, is_superuser=True))
    return {"review_id": review.pk, "comment_id": comment.pk, "decision_id": warned.pk}


def _account(member: User) -> Places:
    until = timezone.now() + own.KEPT
    export = DataExport.objects.create(user=member, state="ready", expires_at=until)
    Archive.objects.create(export=export, content=b"PK")
    return {
        "notification_id": notify(recipient=member, kind="doors").pk,
        "key_id": api_keys.make(user=member, name="Calendar", can_write=False)[0].pk,
        "session_id": str(Session.objects.create(user=member, expires_at=until).pk),
        "export_id": export.pk,
    }
