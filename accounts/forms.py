"""What members fill in on their pages."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts import pictures
from accounts.models import User
from accounts.own import LISTS
from accounts.serializers.preferences import KINDS
from catalog.images import LOGO_SIZES, image_urls
from catalog.languages import LONGEST_TAG, supported
from catalog.models import Genre, Provider

LOGO = '<img class="logo" src="{}" width="32" height="32" alt="" loading="lazy"> {}'
COLUMNS = ("display_name", "bio", "region", "language", "include_adult", "show_spoilers")


class PictureField(forms.FileField):
    """Given as a file, read as the bytes to keep."""

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        file = super().clean(data, initial)
        return pictures.encoded(file) if file else None


class ServicesField(forms.ModelMultipleChoiceField):
    """Each with its logo, as one knows it from the screen."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, provider: Provider) -> str:
        logo = image_urls(provider.logo_path, LOGO_SIZES)
        shown = (
            format_html('<img class="logo" src="{}" width="32" height="32" alt="" loading="lazy">', logo["w92"])
            if logo
            else ""
        )
        return format_html("{} {}", shown, provider.name)


class ProfileForm(forms.ModelForm):
    """Who one is, and what one prefers."""

    picture = PictureField(
        required=False,
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP or GIF, 2 MB at most. It is cut to a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    no_picture = forms.BooleanField(required=False, label=_("Remove my picture"))

    region = forms.RegexField(
        r"\A[A-Za-z]{2}\Z",
        required=False,
        label=_("Country"),
        help_text=_("Two letters, as in FR: where films stream for you."),
        widget=forms.TextInput(attrs={"maxlength": 2, "autocomplete": "country"}),
    )
    language = forms.CharField(
        max_length=LONGEST_TAG, required=False, label=_("Language"), help_text=_("As in fr or pt-BR.")
    )

    streaming_providers = ServicesField(queryset=Provider.objects.none(), required=False, label=_("Services"))

    field_order = ["picture", "no_picture"]

    class Meta:
        model = User
        fields = [*COLUMNS, *(f"{kind}_privacy" for kind in KINDS), *LISTS]
        widgets = {
            "bio": forms.Textarea(attrs={"rows": 3}),
            "favorite_genres": forms.CheckboxSelectMultiple,
            "excluded_genres": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, providers: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["favorite_genres"].queryset = self.fields["excluded_genres"].queryset = Genre.objects.all()
        if not self.instance.avatar:
            del self.fields["no_picture"]
        self.fields["streaming_providers"].queryset = Provider.objects.filter(pk__in=providers).order_by("priority")

    def values(self) -> dict[str, Any]:
        """What is to be changed, as `accounts.own.change` takes it."""
        values = dict(self.cleaned_data)
        picture, is_none = values.pop("picture"), values.pop("no_picture", False)
        return values | ({"avatar": picture} if picture or is_none else {})

    def clean_region(self) -> str:
        return self.cleaned_data["region"].upper()

    def clean_language(self) -> str:
        given = self.cleaned_data["language"]
        found = supported(given) if given else ""
        if found is None:
            raise forms.ValidationError(_("This language is not known. Give one like fr or pt-BR."))
        return found


class ApiKeyForm(forms.Form):
    name = forms.CharField(max_length=60, label=_("Name"), help_text=_("Of the app that it is for."))
    can_write = forms.BooleanField(required=False, label=_("May change things"))


class LeavingForm(forms.Form):
    password = forms.CharField(
        max_length=1024,
        strip=False,
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, has_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_password:
            del self.fields["password"]
