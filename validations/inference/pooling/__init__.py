"""Infers how the pooled lines of a forest plot were computed: from which studies, by which method."""
