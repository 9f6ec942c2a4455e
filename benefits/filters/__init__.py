"""Filters of the lists of benefits, a module a noun."""
