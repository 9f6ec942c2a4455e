"""Money as one reader may see it: the records read, added up and withheld where they must be."""
