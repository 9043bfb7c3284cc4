"""Names of firms, persons and vessels: what their words mean, and how far two of them agree."""

from narrows.vocab.names.keys import agreement, form_title, legal_form, normalise

__all__ = ["agreement", "form_title", "legal_form", "normalise"]
