"""Who may answer to what another asks: the one who was asked, to whom alone a private list is shown."""

from accounts.tests.members import make_member
from catalog.tests.films import make_movie
from tests.doors import button, page, writes
from watchlists import diary, lists, sharing

ANSWER = {"PUT": writes(204).owners(), "DELETE": writes(204).owners()}
ROUTES = {
    "api/v1/users/companionships/<int:viewing_id>": ANSWER,
    "api/v1/users/lists/<int:list_id>/collaboration": ANSWER,
    **button("lists/<number:list_id>/people/accept", page(302).owners()),
}


def furnish(owner):
    """Here eve has the list and the diary, and what the owner has is that eve asks and names them."""
    make_movie(949, "Heat")
    eve = make_member("eve-adams")
    made = lists.make(owner=eve, name="Ours", visibility="private")
    sharing.invite(made, member=owner)
    viewing, _ = diary.log(user=eve, movie_id=949, companions=[owner])
    return {"list_id": made.pk, "viewing_id": viewing.pk}
