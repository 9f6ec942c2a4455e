"""Made-up work over six months that shows the portal in use; its facts are in ``story.yaml``."""
