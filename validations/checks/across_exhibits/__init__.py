"""XTB: one exhibit against another."""
