"""Networks among networks: one, all, their overlap, and who bridges them."""
