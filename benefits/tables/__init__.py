"""Registers of benefits, claims and budgets, a module a noun."""
