"""How fast the portal is, at two sizes: ``make bench`` (docs/speed.md). Tests never time; this does."""
