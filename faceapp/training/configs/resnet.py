"""ResNet-50 from keras.applications, trained like ``cpu``, to see what the face layout saves.

    python -m faceapp.training train resnet --run runs/resnet

``Stock("mobilenet_v2")`` and ``Stock("inception_resnet_v2")`` (chips of 75 px or more) are the
other choices. Meant for a GPU: it has 24 million parameters (ours has 1.1 million), and a linear
embedding on pooled 4x4 maps. Time and score: not measured; docs/papers.md has its first 400
batches.
"""

from dataclasses import replace

from faceapp.training.backbones import Stock
from faceapp.training.configs.cpu import CONFIG as CPU

CONFIG = replace(CPU, name="resnet", layout=Stock("resnet50"))
