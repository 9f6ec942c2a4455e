"""Filters of the registers of risks and issues."""
