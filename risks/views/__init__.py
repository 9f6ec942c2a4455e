"""Pages of risks and issues."""
