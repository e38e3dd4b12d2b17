"""Members report what should not stand here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reviews import moderation
from reviews.models import Comment, Review
from reviews.report_form import ReportForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    found = get_object_or_404(Review.objects.visible_to(request.user), pk=review_id)
    return _report(request, found, found.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    user = request.user
    shown = Comment.objects.visible_to(user).filter(review__in=Review.objects.visible_to(user))
    found = get_object_or_404(shown, pk=comment_id)
    return _report(request, found, found.review_id)


def _report(request: HttpRequest, subject: Review | Comment, review_id: int) -> HttpResponse:
    """Told again, it stays as it was told first."""
    if subject.author_id == request.user.pk:
        raise PermissionDenied
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        is_new = moderation.report(reporter=request.user, subject=subject, **form.cleaned_data)[1]
        messages.success(
            request, _("The moderators will look at it.") if is_new else _("You have reported this before.")
        )
        return redirect("review", review_id)
    known = {"form": form, "subject": subject, "review_id": review_id}
    return render(request, "reviews/report.html", known, status=400 if form.errors else 200)
