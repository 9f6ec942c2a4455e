"""Charts of savings, payback, bridges, the reserve and the map, each with its sentence and its table."""
