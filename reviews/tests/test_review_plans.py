"""How the databases find a page of the reviews of a film that very many have reviewed: nothing is sorted."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from accounts.models import Block, Follow, Mute, User
from catalog.models import Movie
from reviews.models import Comment, Rating, Review, Status
from reviews.tests.calls import make_members
from tests.emptying import analyse
from tests.environment import ON_SERVICES
from web.keyset import Keyset

pytestmark = [pytest.mark.django_db(transaction=ON_SERVICES), pytest.mark.slow]
MANY = 4_000
SORTED = ("Sort", "USE TEMP B-TREE FOR ORDER BY", "Seq Scan on reviews_review", "SCAN reviews_review ")
EXPLAIN = "EXPLAIN" if ON_SERVICES else "EXPLAIN QUERY PLAN"
SORTED_ALL = ("Seq Scan on accounts_user", "Hash Join")


@pytest.fixture
def crowd(heat, bob):
    """Of the authors one in ten is private, one in ten for followers, one in ten blocks bob."""
    members = make_members(MANY)
    now = timezone.now()
    User.objects.filter(pk__in=[member.pk for member in members[::10]]).update(reviews_privacy="private")
    User.objects.filter(pk__in=[member.pk for member in members[1::10]]).update(reviews_privacy="followers")
    Block.objects.bulk_create(Block(blocker=member, blocked=bob) for member in members[2::10])
    Follow.objects.bulk_create(Follow(follower=bob, followed=member) for member in members[1::20])
    Mute.objects.bulk_create(Mute(muter=bob, muted=member) for member in members[3::50])
    Review.objects.bulk_create(
        Review(
            author=member,
            movie=heat,
            body="x" * 300,
            published_at=now,
            status=Status.PUBLISHED if place % 20 else Status.DRAFT,
            like_count=place % 50,
        )
        for place, member in enumerate(members)
    )
    Rating.objects.bulk_create(Rating(user=member, movie=heat, value=7) for member in members)
    review = Review.objects.first()
    Comment.objects.bulk_create(Comment(review=review, author=member, body="x") for member in members)
    analyse(connection)
    return members


def plan(rows) -> str:
    """Of the second page, found by the place where the first one ended."""
    keyset = Keyset(rows)
    first = keyset.page(None, 20)
    told: list[str] = []

    def explained(execute, sql, params, many, context):
        if not sql.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                cursor.execute(f"{EXPLAIN} {sql}", params)
                told.extend(str(row[-1]) for row in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        assert len(keyset.page(keyset.position(keyset.cursor(first[-1])), 20)) == 20
    return "\n".join(told)


def faults(told: str) -> list[str]:
    return [line.strip() for line in told.splitlines() if any(sign in line for sign in (*SORTED, *SORTED_ALL))]


def test_a_page_of_reviews_or_of_comments_comes_out_of_an_index(crowd, heat, bob):
    for viewer in AnonymousUser(), bob:
        for rows in (Review.objects.newest(), Review.objects.most_liked()):
            found = rows.filter(movie=heat).published_to(viewer).for_reader(viewer)
            assert faults(plan(found)) == []
    said = Comment.objects.filter(review=Review.objects.first()).visible_to(bob).in_threads()
    assert faults(plan(said.select_related("author"))) == []


@pytest.fixture
def busy():
    """Four members who have each reviewed and rated a thousand films."""
    Movie.objects.bulk_create(Movie(pk=pk, title=f"Film {pk}") for pk in range(1, 1_001))
    members, now = make_members(4), timezone.now()
    for member in members:
        Review.objects.bulk_create(
            Review(author=member, movie_id=pk, body="x", published_at=now, created_at=now) for pk in range(1, 1_001)
        )
        Rating.objects.bulk_create(Rating(user=member, movie_id=pk, value=7) for pk in range(1, 1_001))
    analyse(connection)
    return members


def test_what_is_ones_own_and_a_members_comes_out_of_an_index(busy, bob):
    member = busy[2]
    for rows in (
        Review.objects.filter(author=member).latest_written().for_reader(member),
        Review.objects.filter(author=member, status=Status.PUBLISHED).newest().for_reader(bob),
        Rating.objects.filter(user=member).latest_first().about_films(),
    ):
        assert [sign for sign in SORTED if sign in plan(rows)] == []
