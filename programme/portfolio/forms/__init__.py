"""Forms of the portfolio: they parse and clean, and never save."""
