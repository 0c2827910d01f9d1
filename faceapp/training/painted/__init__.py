"""People who do not exist, painted by the thousand, for a student that has seen all real ones.

`openvino_net` runs a generator of faces from its file. `painter` makes chips from the feature maps
of the generator's first half, and `fitting` trains the painter. `extend` adds chips to a set and
embeds them with a teacher.
"""
