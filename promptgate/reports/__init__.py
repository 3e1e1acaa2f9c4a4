"""Turn results into something to read: strings in every format; only the CLI writes them."""
