"""From pixels to faces, chips and embeddings: detect, align, quality, liveness, embed, model card.

Who a face belongs to is `recognition`'s business; where frames come from is `camera`'s. Nothing
here knows of threads, files of the user or the window. Points are pixels of the frame they belong
to, counted as OpenCV does: (0, 0) is the centre of the top-left pixel.
"""
