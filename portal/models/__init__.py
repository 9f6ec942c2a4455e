from .pack import Pack, PackOpening, Rendition
from .site import SiteSettings

__all__ = ["Pack", "PackOpening", "Rendition", "SiteSettings"]
