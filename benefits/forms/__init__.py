"""Forms about benefits: they parse and clean what is typed, and never save; a module a noun."""
