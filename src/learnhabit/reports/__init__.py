"""The year's summary as a page, text, tables and a picture, made of what a level of privacy lets through alone."""
