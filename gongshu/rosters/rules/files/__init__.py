"""Files of rows: .xlsx and .csv."""
