from .appointment import Appointment
from .person import Profile, User
from .scope import Scope

__all__ = ["Appointment", "Profile", "Scope", "User"]
