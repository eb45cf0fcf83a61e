def highest_mean(readings, width):
    ring, highest = [], None
    for place, reading in enumerate(readings):
        if place < width:
            ring.append(reading)
        else:
            ring[place % width] = reading
        if len(ring) == width and (highest is None or sum(ring) > highest):
            highest = sum(ring)
    return highest / width
