"""The page on which a member reads what was decided about them, and says, once, what they think of it.

It is found by a key that they alone were given, since who is shut out cannot sign in.
"""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from reviews import moderation
from reviews.models import Appeal
from reviews.models.moderation import LONGEST_APPEAL
from reviews.moderation.appeals import may_be_appealed
from reviews.moderation.keys import by_key
from reviews.moderation.telling import facts, sentence
from reviews.texts import tidied


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("What you think of it"), max_length=LONGEST_APPEAL, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean_text(self) -> str:
        return tidied(self.cleaned_data["text"], LONGEST_APPEAL)


def appeal(request: HttpRequest, key: str) -> HttpResponse:
    decision = by_key(key)
    if decision is None:
        raise Http404
    said = Appeal.objects.filter(decision=decision).first()
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moderation.appeal(decision=decision, text=form.cleaned_data["text"])
        except moderation.Answered as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            messages.success(request, _("Somebody else than who decided will read this."))
        return redirect("appeal", key)
    told = {"decision": decision, "sentence": sentence(facts(decision)), "appeal": said, "form": form}
    page = render(request, "reviews/appeal.html", told | {"may_appeal": said is None and may_be_appealed(decision)})
    page.headers["Cache-Control"] = "no-store"
    # The key is nobody else's to see; with none at all, browsers hide where the form itself comes from.
    page.headers["Referrer-Policy"] = "same-origin"
    return page
