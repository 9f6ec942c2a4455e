"""What can be done to benefits, claims, costs and reconciliations: a module a noun, and the only writers."""
