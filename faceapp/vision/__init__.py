"""From pixels to faces, chips and embeddings: detect, align, quality, liveness, embed, model card.

`recognition` decides whose face it is; `camera` provides the frames. Nothing here knows about
threads, the user's files or the window. Points are in pixels of their frame, counted as in OpenCV:
(0, 0) is the centre of the top-left pixel.
"""
