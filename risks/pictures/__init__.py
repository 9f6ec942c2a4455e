"""Pictures of risks, each with its sentence and its table."""
