"""What every database holds of risks from its first migration on: defaults, and their guards."""
