"""Words and grids for the pages of risks: plain data that templates only lay out."""
