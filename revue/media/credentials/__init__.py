"""Content Credentials (C2PA): what a file says about how it was made, signed by who made it."""
