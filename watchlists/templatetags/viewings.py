"""`{% load viewings %}`: what pages say of a diary."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from watchlists.models import Precision, Viewing

register = template.Library()


@register.filter
def when(viewing: Viewing) -> str:
    """The day of a viewing, as far as it is known, in the words of the page."""
    if viewing.precision == Precision.UNKNOWN:
        return _("nobody knows when")
    if viewing.precision == Precision.YEAR:
        return str(viewing.watched_on.year)
    format_name = "YEAR_MONTH_FORMAT" if viewing.precision == Precision.MONTH else "DATE_FORMAT"
    return date_format(viewing.watched_on, format_name)
