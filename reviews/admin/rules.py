"""By which rules what is written waits for a moderator, and for which words."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.search.words import normalise
from reviews.models import HeldWord, HoldRule


@admin.register(HoldRule)
class HoldRuleAdmin(admin.ModelAdmin):
    list_display = ["kind", "is_on", "new_for_days", "limit"]
    list_editable = ["is_on", "new_for_days", "limit"]
    readonly_fields = ["kind"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HeldWordForm(forms.ModelForm):
    class Meta:
        model = HeldWord
        fields = ["word", "note"]

    def clean_word(self) -> str:
        """Alike but for capitals and accents is the same word."""
        word = self.cleaned_data["word"].strip()
        folded = normalise(word)
        if not folded:
            raise ValidationError(_("There is no letter in it."))
        if HeldWord.objects.filter(folded=folded).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("It is in the list already."))
        self.instance.folded = folded
        return word


@admin.register(HeldWord)
class HeldWordAdmin(admin.ModelAdmin):
    form = HeldWordForm
    list_display = ["word", "note"]
    search_fields = ["word"]
    ordering = ["folded"]
