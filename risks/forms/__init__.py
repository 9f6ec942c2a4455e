"""What people type about risks and issues: read and cleaned, never saved."""
