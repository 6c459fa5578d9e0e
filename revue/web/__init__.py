"""The HTML shell, share pages and error pages."""
