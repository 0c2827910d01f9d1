"""People who do not exist, painted by the thousand, for a student that has seen all others.

`openvino_net` computes a generator of faces from its file, `painter` makes chips of its first half,
`fitting` teaches the painter that, `extend` adds chips to a set and asks a teacher about them.
"""
