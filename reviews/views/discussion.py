"""A review's own page, and the doors to what is said below it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.suspension import told
from reviews import discussion
from reviews.comment_forms import CommentForm
from reviews.discussed import read_review, shown
from reviews.faults import Decided, Suspended
from reviews.models import Comment, Review, Status


@require_safe
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    known = shown(request, read_review(request, review_id))
    return render(request, "reviews/page.html", known | {"form": CommentForm()})


@login_required
@require_POST
def comment(request: HttpRequest, review_id: int) -> HttpResponse:
    """A comment, or an answer to one. What cannot be taken is shown again, with what is wrong."""
    found = read_review(request, review_id)
    form, said = CommentForm(request.POST), None
    try:
        if form.is_valid():
            said = discussion.write_comment(review=found, author=request.user, **form.cleaned_data)
    except ValidationError as fault:
        form.blame(fault)
    except Review.DoesNotExist as fault:
        raise Http404 from fault
    except Suspended:
        return _refused(request, found, form, told(request.user), 403)
    if said is None:
        return _refused(request, found, form, _("This was not taken: see what is said beside the field."), 400)
    held = said.status != Status.PUBLISHED
    messages.success(request, _("A moderator looks at it before others see it.") if held else _("You said it."))
    return redirect(_address(said))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    held = _own(request, comment_id)
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"body": held.body})
    del form.fields["parent_id"]
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_address(discussion.edit_comment(held, body=form.cleaned_data["body"])))
        except ValidationError as fault:
            form.blame(fault)
        except Comment.DoesNotExist as fault:
            raise Http404 from fault
        except Suspended:
            form.add_error(None, told(request.user))
        except Decided:
            form.add_error(None, _("A moderator has decided on this text."))
    known = {"form": form, "title": _("Edit a comment"), "leave": _address(held)}
    return render(request, "reviews/comment_edit.html", known, status=400 if form.errors else 200)


@login_required
@require_POST
def remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    held = _own(request, comment_id)
    try:
        discussion.delete_comment(held)
    except Decided:
        messages.error(request, _("A moderator has decided on this text."))
    else:
        messages.success(request, _("Your comment is gone."))
    return redirect("review", held.review_id)


def _own(request: HttpRequest, comment_id: int) -> Comment:
    """The caller's. Raises `Http404`, and `PermissionDenied` of one that they only see."""
    held = get_object_or_404(Comment.objects.reached_by(request.user).select_related("author"), pk=comment_id)
    if held.author_id != request.user.pk:
        raise PermissionDenied
    return held


def _address(said: Comment) -> str:
    return f"{reverse('review', args=[said.review_id])}#comment-{said.pk}"


def _refused(request: HttpRequest, found: Review, form: CommentForm, why: Any, status: int) -> HttpResponse:
    messages.error(request, why)
    return render(request, "reviews/page.html", shown(request, found) | {"form": form}, status=status)
