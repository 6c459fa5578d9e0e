"""The four acts: dance, sing, juggle and joke."""
