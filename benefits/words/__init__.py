"""What was read, said in sentences and rows: for a page, a workbook or a pack alike."""
