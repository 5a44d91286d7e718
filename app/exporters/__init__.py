"""Writers of annotated articles: a bundle in, a file out. A new exporter is a new file here."""
