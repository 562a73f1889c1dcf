"""The profiles by name."""

from collections.abc import Mapping

from services.api.imports.profiles.cbs_85980ned import CBS_85980NED
from services.api.imports.profiles.diwi import DIWI
from services.api.imports.profiles.profile import Profile

PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (CBS_85980NED, DIWI)}
