"""The archive: one directory of WARC files and a database. All SQL of the project lives here."""
