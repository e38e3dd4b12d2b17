"""What those whom a member follows did, read where it stands: no act is copied, so none is told that may not be.

`circle` says whom one hears of and what of; `kinds` where their acts are; `acts` reads whole spans of time; `windows`
puts together what belongs together; `seen` asks each table what of it may be told; `shown` looks up what a page
tells.
"""

from activity.feed.reading import Page, read_feed
from activity.feed.shown import Item

__all__ = ["Item", "Page", "read_feed"]
