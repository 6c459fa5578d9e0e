"""What is measured, beside whom, with one command each."""
