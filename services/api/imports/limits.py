"""How much of a file is read, and not more."""

MOST_ROWS = 100_000
"""Rows of figures in one file."""
MOST_LINES_ABOVE = 20
"""Lines that may stand above the headings, or below the figures: a title, a source."""
MOST_COLUMNS = 100
MOST_IN_CELL = 32_767
"""Characters in one cell; a spreadsheet program itself takes no more."""
MOST_IN_ROW = 200_000
"""Characters in one line of a text file."""
MOST_UNPACKED_BYTES = 100_000_000
"""What the parts of a workbook are together: 100,000 rows of nine columns are 46 MB."""
MOST_RATIO = 100
"""How many times smaller a part may be while it is packed."""
MOST_PARTS = 50
MOST_WRITTEN_BYTES = 400_000_000
"""What the reading process may write to its temporary file."""
SAMPLES = 20
"""Rows that are shown while columns are chosen."""
MOST_FAULTS = 1_000
"""Faults that are told one by one; the others are counted."""
ROWS_AT_A_TIME = 2_000
"""Rows that are compared with the registry, or stored, with one question to the database."""
