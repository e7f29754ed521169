"""The command line. Each command is a few lines; slow imports are deferred to where they are used."""
