"""EFF: ratios, differences, their intervals and P values."""
