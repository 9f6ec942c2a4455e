"""The portal's settings with a short lease, so that a killed worker's job is taken up within the test."""

from portal import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
JOB_LEASE_SECONDS = 2
