"""Tables of risks and issues: for the page, the sheet and the CSV."""
