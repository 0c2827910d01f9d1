"""What the network is taught by: small functions of arrays, one file per family.

Every loss takes float32 tensors of any Keras back-end and returns a scalar tensor. Embeddings need
not be normalised; a loss that works on the unit sphere does it itself. Labels are int (N,); -1
stands for an unknown person, whom supervised losses leave out.
"""
