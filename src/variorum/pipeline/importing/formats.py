"""What can be imported, by the names that ``--from`` knows. Apart, because the command line asks for
them whatever the command is."""

FORMATS = (
    *("warc", "wacz", "newssniffer", "newsedits", "html", "jsonl", "csv", "parquet", "tables"),
    *("versions", "dump", "newsdiffs"),
)
