"""What can be done to the portfolio's records: one module a noun, and the only writers of them."""
