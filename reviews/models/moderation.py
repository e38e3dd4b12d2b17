"""What members say against a review or comment, what moderators do about it, and what its author says to that."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.models.comments import Comment
from reviews.models.reviews import Review

LONGEST_NOTE, LONGEST_APPEAL = 1_000, 2_000


class Reason(models.TextChoices):
    SPAM = "spam", _("Spam or advertising")
    ABUSE = "abuse", _("Insults or harassment")
    HATE = "hate", _("Hatred against a group")
    SPOILER = "spoiler", _("A spoiler that is not marked")
    PERSONAL = "personal", _("Somebody's personal data")
    ILLEGAL = "illegal", _("Against the law")
    OFF_TOPIC = "off_topic", _("Not about the film")
    OTHER = "other", _("Something else")


class CaseQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def most_urgent_first(self) -> Self:
        """The most reported first, of these the longest waiting."""
        return self.order_by(F("closed_at").asc(nulls_first=True), "-report_count", "opened_at", "pk")


class Case(models.Model):
    """One review or comment that was reported, or held by a rule, with all that was said against it.

    It outlives its subject: an author who deletes what was reported does not delete what moderators know.
    """

    review = models.OneToOneField(Review, models.SET_NULL, null=True, blank=True, related_name="case")
    comment = models.OneToOneField(Comment, models.SET_NULL, null=True, blank=True, related_name="case")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cases")
    # As it was when it was reported or held last; what its author makes private is not shown all the same.
    body = models.TextField(blank=True)
    opened_at = models.DateTimeField(_("open since"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # Those that are not settled; a column, since the list is ordered by it.
    report_count = models.PositiveIntegerField(_("reports"), default=0)
    held_by = models.CharField(_("held by rule"), max_length=20, blank=True)
    held_for = models.CharField(_("what the rule found"), max_length=200, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [models.CheckConstraint(condition=Q(review=None) | Q(comment=None), name="case_of_one_subject")]
        indexes = [
            # The list of open cases as it comes.
            models.Index(fields=["-report_count", "opened_at", "id"], name="case_open", condition=Q(closed_at=None)),
            # The dashboard's time to resolution.
            models.Index("closed_at", name="case_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        kind = _("comment") if self.comment_id else _("review")
        return f"{kind} {self.comment_id or self.review_id or ''}".strip()

    @property
    def subject(self) -> Review | Comment | None:
        """What it is about; None where its author has deleted it."""
        return self.review or self.comment


class Report(models.Model):
    """What one member said against it, once."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports", db_index=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    created_at = models.DateTimeField(_("reported"), default=timezone.now, editable=False)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, default=Outcome.OPEN)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="one_report_per_case_and_reporter")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.case}"


class DecisionQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def record_of(self, author_id: int) -> dict[str, int]:
        """How many of each kind stand against the member."""
        rows = self.standing().filter(member=author_id).values("kind").annotate(number=Count("pk"))
        return {row["kind"]: row["number"] for row in rows.order_by("kind")}


class Decision(models.Model):
    """What a moderator did to a review or comment, or to its author: when, and why. Never changed, but undone."""

    class Kind(models.TextChoices):
        DISMISS = "dismiss", _("Dismiss")
        HIDE = "hide", _("Hide")
        REMOVE = "remove", _("Remove")
        WARN = "warn", _("Warn")
        SUSPEND = "suspend", _("Suspend")
        BAN = "ban", _("Ban")

    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="decisions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="decisions", db_index=False)
    kind = models.CharField(_("what was done"), max_length=8, choices=Kind)
    reason = models.TextField(_("why"), max_length=LONGEST_NOTE)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        permissions = [
            ("suspend_member", _("May suspend members")),
            ("ban_member", _("May ban members")),
            ("undo_decision", _("May undo what others decided")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="suspend") | Q(until__isnull=False), name="suspended_until_when"),
        ]
        indexes = [
            # A member's record.
            models.Index(fields=["member", "kind", "-made_at"], name="decision_by_member"),
            # The log as it comes.
            models.Index(fields=["-made_at", "-id"], name="decision_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.made_at:%Y-%m-%d}"


class AppealQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answered_at=None)


class Appeal(models.Model):
    """What the author said to a decision, once; and what was answered."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal")
    text = models.TextField(_("what the author says"), max_length=LONGEST_APPEAL)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by whom")
    )
    is_granted = models.BooleanField(_("granted"), null=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_NOTE, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [models.Index("made_at", name="appeal_open", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return str(self.decision)


class HoldRule(models.Model):
    """A rule by which what is written waits for a moderator before others see it; a row each, which staff tune."""

    class Kind(models.TextChoices):
        RATE = "rate", _("A new account writes much")
        LINKS = "links", _("Links")
        REPEATED = "repeated", _("The same text again")
        WORDS = "words", _("A word of the list")

    kind = models.CharField(_("rule"), max_length=8, choices=Kind, primary_key=True)
    is_on = models.BooleanField(pgettext_lazy("a rule", "on"), default=True)
    new_for_days = models.PositiveSmallIntegerField(
        _("days for which an account is new"), default=7, help_text=_("0: of every account.")
    )
    limit = models.PositiveSmallIntegerField(
        _("so many are too many"), default=1, help_text=_("Texts an hour, links in a text, or times the same text.")
    )

    class Meta:
        verbose_name = _("rule that holds")
        verbose_name_plural = _("rules that hold")

    def __str__(self) -> str:
        return self.get_kind_display()


class HeldWord(models.Model):
    """A word, or words in a row, for which a text is held; without regard to capitals and accents."""

    word = models.CharField(_("word"), max_length=100)
    folded = models.CharField(max_length=200, unique=True, editable=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("held word")
        verbose_name_plural = _("held words")

    def __str__(self) -> str:
        return self.word
