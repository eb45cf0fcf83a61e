"""Ask every Python interpreter of this machine what its objects cost, and keep the answers."""
