"""How surely sounds are known again."""
