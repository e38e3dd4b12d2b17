"""A member's diary and ratings in numbers.

`facts` reads what is to be counted, in a handful of statements whatever there is of it; `counting` counts it, and asks
no database; `keeping` remembers the outcome for as long as nothing of the member's has changed.
"""

from activity.stats.keeping import stats_of

__all__ = ["stats_of"]
