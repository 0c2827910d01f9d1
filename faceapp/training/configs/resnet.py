"""ResNet-50 as it is in keras.applications, taught like ``cpu``: what the face layout saves.

    python -m faceapp.training train resnet --run runs/resnet

``Stock("mobilenet_v2")`` and ``Stock("inception_resnet_v2")`` (chips of 75 px or more) are the
other choices. Meant for a GPU: 24 million parameters against 1.1, with a linear embedding on pooled
4x4 maps. Time and score: not measured; its first 400 batches stand in docs/papers.md.
"""

from dataclasses import replace

from faceapp.training.backbones import Stock
from faceapp.training.configs.cpu import CONFIG as CPU

CONFIG = replace(CPU, name="resnet", layout=Stock("resnet50"))
