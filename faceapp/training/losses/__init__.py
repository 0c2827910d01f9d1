"""The losses: small functions of arrays, one file per family.

Every loss takes float32 tensors of any Keras back-end and returns a scalar tensor. Embeddings need
not be normalised: a loss on the unit sphere normalises them itself. Labels are int (N,), -1 for an
unknown person; supervised losses leave these out.
"""
