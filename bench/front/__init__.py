"""The front beside a bare granian."""
