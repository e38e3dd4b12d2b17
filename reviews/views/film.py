"""What a member says of a film on its own page: a rating, a review, that they like another's."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.suspension import told
from catalog.models import Movie
from catalog.readers import page_language
from catalog.wording import reword
from reviews import services
from reviews.discussion import like_review, unlike_review
from reviews.faults import AlreadyReviewed, Suspended
from reviews.film_doors import Refused, back_to, by_script, film_door, to_sign_in
from reviews.forms import ReviewForm
from reviews.models import Review, Status
from reviews.said import review_by, reviews_of
from web.keyset import Keyset
from web.slugs import led_to

SHOWN = 20
ORDERS = {"newest": pgettext_lazy("reviews", "Newest"), "liked": _("Most liked")}


@film_door
def rate(request: HttpRequest, movie: Movie) -> str | Promise:
    """With `value` from 1 to 10, or nothing to take the rating back."""
    value = request.POST.get("value")
    if value is None:
        raise BadRequest("Give a value, or an empty one.")
    if not value:
        services.unrate_movie(user=request.user, movie=movie)
        return _("Your rating is taken back.")
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 3 else 0
    services.rate_movie(user=request.user, movie=movie, value=number)
    return _("You gave it {} of 10.").format(number)


@film_door
def review(request: HttpRequest, movie: Movie) -> str | Promise:
    """Writes the member's review, or changes the one that is there."""
    held = review_by(request.user, movie.pk)
    form = ReviewForm(request.POST, review=held)
    if not form.is_valid():
        raise Refused(review_form=form)
    try:
        kept = services.edit_review(held, **form.told()) if held else _written(request, movie, form)
    except ValidationError as fault:
        form.blame(fault)
        raise Refused(review_form=form) from fault
    return TOLD.get(kept.status, _("Your review is kept."))


TOLD = {
    Status.PUBLISHED: _("Your review is published."),
    Status.DRAFT: _("Your draft is kept; only you see it."),
    Status.HELD: _("Your review waits for a moderator to look at it."),
}


def _written(request: HttpRequest, movie: Movie, form: ReviewForm) -> Review:
    """Of two that are sent at once, the second changes the first."""
    try:
        return services.write_review(author=request.user, movie=movie, **form.told())
    except AlreadyReviewed:
        return services.edit_review(get_object_or_404(Review, author=request.user, movie=movie), **form.told())


@film_door
def remove_review(request: HttpRequest, movie: Movie) -> str | Promise:
    held = review_by(request.user, movie.pk)
    if held:
        services.delete_review(held)
    return _("Your review is gone.")


@require_POST
def like(request: HttpRequest, review_id: int) -> HttpResponse:
    """Likes another's review, or does not any more; twice is once."""
    found = get_object_or_404(Review.objects.published_to(request.user).select_related("author", "movie"), pk=review_id)
    if not request.user.is_authenticated:
        return to_sign_in(request, found.movie.get_absolute_url())
    if request.POST.get("on") not in {"yes", "no"}:
        raise BadRequest("Say yes or no.")
    try:
        return _liked(request, found, is_liked=request.POST["on"] == "yes")
    except Review.DoesNotExist as fault:
        raise Http404 from fault
    except Suspended:
        messages.error(request, told(request.user))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return back_to(request, found.movie.get_absolute_url())


def _liked(request: HttpRequest, found: Review, *, is_liked: bool) -> HttpResponse:
    (like_review if is_liked else unlike_review)(user=request.user, review=found)
    if not by_script(request):
        return redirect(f"{found.movie.get_absolute_url()}#review-{found.pk}")
    found.refresh_from_db(fields=["like_count"])
    found.liked = is_liked
    return render(request, "reviews/like.html", {"review": found})


@require_safe
def film_reviews(request: HttpRequest, movie_id: int, slug: str) -> HttpResponse:
    """All that is said of a film, a page at a time."""
    film = get_object_or_404(Movie, pk=movie_id)
    address = f"{film.get_absolute_url()}/reviews"
    if elsewhere := led_to(request, address):
        return elsewhere
    order = request.GET.get("order", "newest")
    if order not in ORDERS:
        raise Http404
    rows = Keyset(reviews_of(film.pk, request.user, order))
    try:
        cursor = request.GET.get("cursor")
        found = rows.page(rows.position(cursor) if cursor else None, SHOWN + 1)
    except BadSignature:
        return redirect(address)
    reword([vars(film)], page_language(request))
    more = rows.cursor(found[SHOWN - 1]) if len(found) > SHOWN else None
    known = {"film": film, "reviews": found[:SHOWN], "order": order, "orders": ORDERS.items(), "more": more}
    return render(request, "reviews/film.html", known | {"canonical": request.build_absolute_uri(address)})
