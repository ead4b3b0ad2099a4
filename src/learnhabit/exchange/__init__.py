"""Other programs' formats, one module each."""
