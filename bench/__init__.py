"""How fast Dragoman reads on this machine: `python -m bench [FILE…]`."""
