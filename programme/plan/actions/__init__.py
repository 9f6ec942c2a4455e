"""What can be done to the plan's records: one module a noun, and the only writers of them."""
