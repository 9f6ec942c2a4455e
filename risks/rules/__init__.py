"""What holds for risks and issues, as pure functions: no models, no queries, no clock."""
