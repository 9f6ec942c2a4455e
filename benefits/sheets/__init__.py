"""Pages of figures as workbooks and CSV: what the page shows, in pounds and pence, and no more."""
