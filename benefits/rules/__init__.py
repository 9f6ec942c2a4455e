"""What holds of savings, claims, budgets, the reserve and reconciliation: pure, without a database."""
