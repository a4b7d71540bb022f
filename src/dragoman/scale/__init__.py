"""The same rooms in processes of their own: what may be killed, and what runs many at once."""
