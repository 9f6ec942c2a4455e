"""What can be done to benefits, claims, costs and reconciliations: one module a noun, and the only writers."""
