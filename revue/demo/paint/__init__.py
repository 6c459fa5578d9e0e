"""The painters: shapes, palettes, stage, performers and lettering, all drawn by numbers."""
