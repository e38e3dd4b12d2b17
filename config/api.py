"""All of /api/v1 on one screen. A path is canonical without a trailing slash; with one it answers the same."""

from django.urls import URLPattern, path

from accounts.api.api_keys import ApiKeyViewSet
from accounts.api.auth import AuthViewSet, SignOutViewSet, TokenViewSet
from accounts.api.exports import ExportViewSet
from accounts.api.passwords import ConfirmationViewSet, PasswordChangeViewSet, PasswordResetViewSet
from accounts.api.people import BlockViewSet, FollowViewSet, MuteViewSet, OwnTiesViewSet
from accounts.api.profile import PreferencesViewSet, ProfileViewSet
from accounts.api.profiles import MemberSearchViewSet, MemberViewSet
from accounts.api.sessions import SessionViewSet
from accounts.api.social import SocialViewSet
from activity.api.feed import FeedViewSet
from activity.api.states import StateViewSet
from activity.api.stats import MemberStatsViewSet, StatsViewSet
from catalog.api.movie import MovieViewSet
from catalog.api.movies import MovieListViewSet
from catalog.api.people import CollectionViewSet, GenreViewSet, PersonViewSet
from catalog.api.search import MovieSearchViewSet
from catalog.api.streaming import StreamingMovieViewSet, StreamingViewSet
from notifications.api import NotificationViewSet
from reviews.api.comments import CommentViewSet, ReviewCommentsViewSet
from reviews.api.moderation import DecisionViewSet, ReportViewSet
from reviews.api.ratings import MovieRatingsViewSet, OwnRatingsViewSet, TopRatedViewSet
from reviews.api.reviews import (
    LikeViewSet,
    MemberReviewsViewSet,
    MovieReviewsViewSet,
    OwnReviewsViewSet,
    ReviewViewSet,
    RevisionViewSet,
)
from watchlists.api.favorites import FavoriteViewSet
from watchlists.api.history import CompanionshipViewSet, HistoryViewSet
from watchlists.api.list_items import ListItemViewSet
from watchlists.api.lists import ListViewSet
from watchlists.api.profiles import (
    MemberFavoritesViewSet,
    MemberHistoryViewSet,
    MemberListsViewSet,
    MemberWatchlistViewSet,
)
from watchlists.api.sharing import CollaboratorViewSet
from watchlists.api.watchlist import WatchlistViewSet

OWN = {"get": "retrieve", "patch": "partial_update"}
MANY = {"get": "list", "post": "create"}
CHANGED = {"patch": "partial_update", "delete": "destroy"}
ONE = OWN | CHANGED
TIE = {"put": "update", "delete": "destroy"}


def get(route: str, viewset: type, action: str) -> URLPattern:
    return path(route, viewset.as_view({"get": action}))


def post(route: str, viewset: type, action: str) -> URLPattern:
    return path(route, viewset.as_view({"post": action}))


def tie(route: str, viewset: type) -> URLPattern:
    return path(route, viewset.as_view(TIE))


urlpatterns = [
    get("movies", MovieListViewSet, "list"),
    get("movies/popular", MovieListViewSet, "popular"),
    get("movies/trending", MovieListViewSet, "trending"),
    get("movies/top-rated", MovieListViewSet, "top_rated"),
    get("movies/top-rated/members", TopRatedViewSet, "list"),
    get("movies/now-playing", MovieListViewSet, "now_playing"),
    get("movies/upcoming", MovieListViewSet, "upcoming"),
    get("movies/search", MovieSearchViewSet, "search"),
    get("movies/suggest", MovieSearchViewSet, "suggest"),
    get("movies/<int:movie_id>", MovieViewSet, "retrieve"),
    get("movies/<int:movie_id>/credits", MovieViewSet, "credits"),
    get("movies/<int:movie_id>/me", StateViewSet, "retrieve"),
    get("movies/<int:movie_id>/releases", MovieViewSet, "releases"),
    get("movies/<int:movie_id>/similar", MovieViewSet, "similar"),
    get("movies/<int:movie_id>/streaming", MovieViewSet, "streaming"),
    path("movies/<int:movie_id>/reviews", MovieReviewsViewSet.as_view(MANY)),
    path("movies/<int:movie_id>/ratings", MovieRatingsViewSet.as_view({"get": "retrieve"} | TIE)),
    get("genres", GenreViewSet, "list"),
    get("people/search", PersonViewSet, "search"),
    get("people/<int:person_id>", PersonViewSet, "retrieve"),
    get("collections/<int:collection_id>", CollectionViewSet, "retrieve"),
    get("streaming", StreamingViewSet, "list"),
    get("streaming/providers", StreamingViewSet, "providers"),
    get("streaming/movies", StreamingMovieViewSet, "list"),
    post("auth/register", AuthViewSet, "register"),
    post("auth/login", AuthViewSet, "login"),
    post("auth/social/<slug:provider>", SocialViewSet, "login"),
    post("auth/refresh", TokenViewSet, "refresh"),
    post("auth/logout", SignOutViewSet, "logout"),
    post("auth/password/change", PasswordChangeViewSet, "change"),
    post("auth/password/reset", PasswordResetViewSet, "ask"),
    post("auth/password/reset/confirm", PasswordResetViewSet, "confirm"),
    post("auth/email/verify", ConfirmationViewSet, "confirm"),
    post("auth/email/verify/resend", ConfirmationViewSet, "resend"),
    get("auth/sessions", SessionViewSet, "list"),
    path("auth/sessions/<uuid:session_id>", SessionViewSet.as_view({"delete": "destroy"})),
    path("users/profile", ProfileViewSet.as_view(OWN | {"delete": "destroy"})),
    get("users/feed", FeedViewSet, "list"),
    get("users/states", StateViewSet, "states"),
    get("users/stats", StatsViewSet, "own"),
    post("users/profile/restore", ProfileViewSet, "restore"),
    path("users/preferences", PreferencesViewSet.as_view(OWN)),
    path("users/api-keys", ApiKeyViewSet.as_view({"get": "list", "post": "create"})),
    path("users/api-keys/<int:key_id>", ApiKeyViewSet.as_view({"delete": "destroy"})),
    post("users/api-keys/<int:key_id>/rotate", ApiKeyViewSet, "rotate"),
    path("users/exports", ExportViewSet.as_view({"get": "list", "post": "create"})),
    get("users/exports/<int:export_id>", ExportViewSet, "retrieve"),
    path("users/exports/<int:export_id>/archive", ExportViewSet.as_view({"get": "archive"}), name="export-archive"),
    get("profiles", MemberSearchViewSet, "list"),
    get("profiles/<str:username>", MemberViewSet, "retrieve"),
    get("profiles/<str:username>/followers", MemberViewSet, "followers"),
    get("profiles/<str:username>/following", MemberViewSet, "following"),
    get("profiles/<str:username>/friends", MemberViewSet, "friends"),
    get("profiles/<str:username>/stats", MemberStatsViewSet, "retrieve"),
    tie("profiles/<str:username>/follow", FollowViewSet),
    tie("profiles/<str:username>/block", BlockViewSet),
    tie("profiles/<str:username>/mute", MuteViewSet),
    get("users/blocks", OwnTiesViewSet, "blocks"),
    get("users/mutes", OwnTiesViewSet, "mutes"),
    get("users/follow-requests", OwnTiesViewSet, "requests"),
    path("users/follow-requests/<str:username>", OwnTiesViewSet.as_view({"put": "accept", "delete": "refuse"})),
    post("reviews/<int:review_id>/report", ReportViewSet, "review"),
    post("comments/<int:comment_id>/report", ReportViewSet, "comment"),
    get("users/decisions", DecisionViewSet, "list"),
    post("users/decisions/<int:decision_id>/appeal", DecisionViewSet, "appeal"),
    get("users/ratings", OwnRatingsViewSet, "list"),
    get("users/reviews", OwnReviewsViewSet, "list"),
    get("profiles/<str:username>/reviews", MemberReviewsViewSet, "list"),
    path("reviews/<int:review_id>", ReviewViewSet.as_view(ONE)),
    get("reviews/<int:review_id>/revisions", RevisionViewSet, "list"),
    tie("reviews/<int:review_id>/like", LikeViewSet),
    path("reviews/<int:review_id>/comments", ReviewCommentsViewSet.as_view(MANY)),
    path("comments/<int:comment_id>", CommentViewSet.as_view(CHANGED)),
    get("notifications", NotificationViewSet, "list"),
    get("notifications/unread-count", NotificationViewSet, "unread_count"),
    path("notifications/<int:notification_id>/read", NotificationViewSet.as_view({"put": "update"})),
    post("notifications/read-all", NotificationViewSet, "read_all"),
    path("users/followers/<str:username>", OwnTiesViewSet.as_view({"delete": "remove_follower"})),
    path("users/watchlist", WatchlistViewSet.as_view(MANY)),
    post("users/watchlist/bulk", WatchlistViewSet, "bulk"),
    path("users/watchlist/<int:movie_id>", WatchlistViewSet.as_view(ONE)),
    path("users/favorites", FavoriteViewSet.as_view(MANY)),
    path("users/favorites/<int:movie_id>", FavoriteViewSet.as_view(CHANGED)),
    path("users/history", HistoryViewSet.as_view(MANY)),
    path("users/history/<int:viewing_id>", HistoryViewSet.as_view(ONE)),
    get("users/companionships", CompanionshipViewSet, "list"),
    tie("users/companionships/<int:viewing_id>", CompanionshipViewSet),
    path("users/lists", ListViewSet.as_view(MANY)),
    get("users/lists/shared", ListViewSet, "shared"),
    path("users/lists/<int:list_id>", ListViewSet.as_view(ONE)),
    post("users/lists/<int:list_id>/clone", ListViewSet, "clone"),
    post("users/lists/<int:list_id>/key", ListViewSet, "renew_key"),
    path("users/lists/<int:list_id>/items", ListItemViewSet.as_view(MANY)),
    post("users/lists/<int:list_id>/items/bulk", ListItemViewSet, "bulk"),
    path("users/lists/<int:list_id>/items/<int:movie_id>", ListItemViewSet.as_view(CHANGED)),
    get("users/lists/<int:list_id>/collaborators", CollaboratorViewSet, "list"),
    tie("users/lists/<int:list_id>/collaborators/<str:username>", CollaboratorViewSet),
    path("users/lists/<int:list_id>/collaboration", CollaboratorViewSet.as_view({"put": "accept", "delete": "leave"})),
    get("profiles/<str:username>/watchlist", MemberWatchlistViewSet, "list"),
    get("profiles/<str:username>/favorites", MemberFavoritesViewSet, "list"),
    get("profiles/<str:username>/history", MemberHistoryViewSet, "list"),
    get("profiles/<str:username>/lists", MemberListsViewSet, "list"),
]
