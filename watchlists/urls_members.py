"""Members' libraries as pages: diary, watchlist, favorites, lists."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from watchlists.feeds import diary_feed
from watchlists.views import diary, favorites, list_items, lists, log, sharing, watchlist
from web.limited import limited
from web.slugs import numbered


def door(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """A page that is written to."""
    return path(route, limited(view, "write"), name=name)


urlpatterns = [
    path("members/<str:username>/diary", limited(diary.listed), name="member_diary"),
    path("members/<str:username>/diary/calendar", limited(diary.calendar), name="member_calendar"),
    path("members/<str:username>/diary.atom", limited(diary_feed), name="member_diary_feed"),
    path("diary/log", limited(log.choose), name="log"),
    door("diary/log/<number:movie_id>", log.log, "log_film"),
    door("diary/<number:viewing_id>", diary.edit, "viewing"),
    door("diary/<number:viewing_id>/remove", diary.remove, "viewing_remove"),
    path("members/<str:username>/watchlist", limited(watchlist.listed), name="member_watchlist"),
    door("watchlist/<number:movie_id>", watchlist.change, "entry"),
    door("watchlist/<number:movie_id>/watched", watchlist.mark, "entry_watched"),
    door("watchlist/<number:movie_id>/remove", watchlist.remove, "entry_remove"),
    path("members/<str:username>/favorites", limited(favorites.listed), name="member_favorites"),
    door("favorites/<number:movie_id>/add", favorites.add, "favorite_add"),
    door("favorites/<number:movie_id>/move", favorites.move, "favorite_move"),
    door("favorites/<number:movie_id>/remove", favorites.remove, "favorite_remove"),
    path("members/<str:username>/lists", limited(lists.listed), name="member_lists"),
    door("lists/new", lists.make, "list_make"),
    *numbered("lists", "list_id", limited(lists.shown), "list"),
    door("lists/<number:list_id>/edit", lists.edit, "list_edit"),
    door("lists/<number:list_id>/erase", lists.erase, "list_erase"),
    door("lists/<number:list_id>/clone", lists.clone, "list_clone"),
    door("lists/<number:list_id>/link", lists.renew_link, "list_link"),
    door("lists/<number:list_id>/items/<number:movie_id>/add", list_items.add, "item_add"),
    door("lists/<number:list_id>/items/<number:movie_id>/move", list_items.move, "item_move"),
    door("lists/<number:list_id>/items/<number:movie_id>/note", list_items.note, "item_note"),
    door("lists/<number:list_id>/items/<number:movie_id>/remove", list_items.remove, "item_remove"),
    door("lists/<number:list_id>/people", sharing.people, "list_people"),
    door("lists/<number:list_id>/people/accept", sharing.accept, "list_accept"),
    door("lists/<number:list_id>/people/<number:share_id>/end", sharing.end, "list_share_end"),
]
