"""Everything an owner can set (`env`) and its translation into Django's names (`django`)."""
