"""Train, evaluate, quantize and export the face embedding model. Never imported by the app.

``python -m faceapp.training --help`` lists the commands. Needs the optional extra ``train``.
"""
