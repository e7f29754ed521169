"""`python -m validations.manual` writes validations/README.md."""

from validations.manual.pages import write_manual

write_manual()
