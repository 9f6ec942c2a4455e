"""The business case as data: read strictly from ``facts.yaml``, then written as governed records."""
