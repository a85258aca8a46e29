"""Exchange: corrections leave the database as files, and come back from them."""
