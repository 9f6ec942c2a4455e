"""What can be done to risks and issues: one module a noun, and the only writers of them."""
