"""People who do not exist, painted by the thousand, for a student that has seen all others.

`openvino_net` computes a generator of faces from its file, `painter` makes chips from the maps of
its first half, `fitting` trains the painter, `extend` adds chips to a set and asks a teacher about
them.
"""
