from accounts.models.api_keys import ApiKey
from accounts.models.exports import Archive, DataExport
from accounts.models.people import Block, Follow, Mute
from accounts.models.pictures import Picture
from accounts.models.sessions import Session, SigningKey
from accounts.models.users import User
from accounts.models.visibility import OwnedQuerySet, Privacy

__all__ = [
    "ApiKey",
    "Archive",
    "Block",
    "DataExport",
    "Follow",
    "Mute",
    "OwnedQuerySet",
    "Picture",
    "Privacy",
    "Session",
    "SigningKey",
    "User",
]
