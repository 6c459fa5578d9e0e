"""The JSON shapes of the API, and how contracts become them."""
