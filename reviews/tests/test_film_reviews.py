"""What members say of a film, as its page shows it: the score, the reviews, who sees which, and at what cost."""

import pytest
from django.test import Client

from accounts.models import Block, Mute, User
from catalog.tests.films import make_heat
from reviews import services
from reviews.discussion import like_review
from reviews.tests.film_pages import EVIL, HEAT, send, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("joined_long_ago")]


@pytest.fixture
def heat():
    return make_heat()


def test_the_score_is_shown_with_how_many_gave_what(heat, ann, bob):
    assert "Nobody has rated it here yet" in shown()
    services.rate_movie(user=ann, movie=heat, value=9)
    services.rate_movie(user=bob, movie=heat, value=6)
    text = shown()
    assert '<strong class="big">7.5</strong>' in text
    assert "2 ratings" in text
    assert '<th scope="row">9</th><td><svg' in text
    assert 'width="100"' in text


def test_what_tells_the_end_is_folded_unless_one_wants_it_open(heat, mine, ann, bob):
    services.write_review(author=bob, movie=heat, body="He dies.", contains_spoilers=True)
    folded = '<details class="fold">'
    assert folded in shown()
    assert folded in shown(mine)
    User.objects.filter(pk=ann.pk).update(show_spoilers=True)
    assert folded not in shown(mine)


def test_a_part_that_tells_the_end_is_hidden_and_can_be_shown(heat, bob):
    services.write_review(author=bob, movie=heat, body="So >!he dies!<.")
    text = shown()
    assert '<span class="spoiler">he dies</span>' in text
    assert '<label class="reveal"><input type="checkbox">' in text


def test_reviews_are_ordered_as_asked_and_show_what_their_author_gives(heat, ann, bob):
    first = services.write_review(author=ann, movie=heat, body="First.", rating=9)
    services.write_review(author=bob, movie=heat, body="Second.")
    like_review(review=first, user=bob)
    text = shown()
    assert text.index("Second.") < text.index("First.")
    liked = shown(path=f"{HEAT}?order=liked")
    assert liked.index("First.") < liked.index("Second.")
    assert 'aria-label="9 / 10">★★★★½</span>' in text


def test_who_is_blocked_or_muted_or_private_is_not_read(heat, mine, ann, bob):
    review = services.write_review(author=bob, movie=heat, body="Words of Bob.")
    assert "Words of Bob." in shown(mine)
    mute = Mute.objects.create(muter=ann, muted=bob)
    assert "Words of Bob." not in shown(mine)
    assert "Words of Bob." in shown()
    mute.delete()
    Block.objects.create(blocker=bob, blocked=ann)
    assert "Words of Bob." not in shown(mine)
    assert mine.post(f"/reviews/{review.pk}/like", {"on": "yes"}).status_code == 404
    User.objects.filter(pk=bob.pk).update(reviews_privacy="private")
    assert "Words of Bob." not in shown()


@pytest.mark.parametrize(
    "text",
    [EVIL, "[x](javascript:alert(1))", "<b onclick=alert(1)>x</b>", "![x](https://x.example/y.png)", "`" + EVIL + "`"],
)
def test_no_review_becomes_markup_that_runs(heat, mine, bob, text):
    bob.display_name = EVIL
    bob.save()
    services.write_review(author=bob, movie=heat, body=text)
    send(mine, "review", {"body": text})
    for page in (shown(), shown(mine), shown(path=f"{HEAT}/reviews")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
        assert "<b onclick" not in page


def test_all_reviews_are_a_page_of_their_own(heat):
    for number in range(25):
        author = User.objects.create_user(f"m{number}", f"m{number}@example.net")
        services.write_review(author=author, movie=heat, body=f"Word {number}.")
    assert "All reviews" in shown()
    first = shown(path=f"{HEAT}/reviews")
    assert first.count('class="review"') == 20
    assert "Word 24." in first
    further = first.split("cursor=")[1].split('"')[0]
    rest = shown(path=f"{HEAT}/reviews?order=newest&cursor={further}")
    assert rest.count('class="review"') == 5
    assert "Word 0." in rest
    assert Client().get("/movies/949/reviews")["Location"] == f"{HEAT}/reviews"
    assert Client().get(f"{HEAT}/reviews?order=worst").status_code == 404
    assert Client().get(f"{HEAT}/reviews?cursor=forged")["Location"] == f"{HEAT}/reviews"


@pytest.mark.parametrize("is_member", [False, True])
def test_the_page_costs_the_same_for_one_review_and_for_many(heat, ann, is_member, django_assert_max_num_queries):
    def counted():
        client = Client()
        if is_member:
            client.force_login(ann)
        client.get(HEAT)
        with django_assert_max_num_queries(20 if is_member else 11) as asked:
            client.get(HEAT)
        return len(asked)

    before = counted()
    for number in range(25):
        author = User.objects.create_user(f"m{number}", f"m{number}@example.net")
        review = services.write_review(author=author, movie=heat, body="Words.", rating=1 + number % 10)
        like_review(review=review, user=ann)
    assert counted() == before
