"""Packs for boards: plain data, sealed, and rendered three ways from the sealed data alone."""
