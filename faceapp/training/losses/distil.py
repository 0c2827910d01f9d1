"""Distillation (Hinton et al. 2015): a small network learns the embeddings of a large one.

Teacher embeddings are unit rows. Pictures of unknown people have them too.
"""

from __future__ import annotations

from keras import ops

from faceapp.training.losses.sphere import Tensor, unit

HARDEST = 32
"""How many of the recent faces count: those the student finds most like the present one."""


def cosine(embeddings: Tensor, teacher: Tensor) -> Tensor:
    """Mean of 1 - cosine between student (N, D) and teacher, unit rows (N, D).

    The plainest form: the student learns the teacher's embeddings themselves.
    """
    return ops.mean(1.0 - ops.sum(unit(embeddings) * teacher, axis=-1))


def relations(embeddings: Tensor, teacher: Tensor) -> Tensor:
    """Mean squared difference of the two similarity matrices of the batch, off the diagonal.

    Relational distillation (Park et al. 2019): only who resembles whom matters.
    """
    student = unit(embeddings)
    count = ops.shape(student)[0]
    gap = ops.matmul(student, ops.transpose(student)) - ops.matmul(teacher, ops.transpose(teacher))
    off_diagonal = ops.sum(ops.square(gap)) - ops.sum(ops.square(ops.diagonal(gap)))
    return off_diagonal / (count * (count - 1))


def bank(embeddings: Tensor, teacher: Tensor, others: Tensor, temperature: float) -> Tensor:
    """Cross-entropy between teacher's and student's similarities to a bank of teacher embeddings.

    Shapes: (N, D), unit rows (N, D) and (M, D). Student and teacher each compare a face with the
    teacher's embeddings of the whole batch, its own included, and with ``others``; a softmax turns
    the similarities into probabilities, the teacher's twice as sharp. After SEED (Fang et al.
    2021). Plain regression first learns what all faces have in common; this loss learns at once
    what tells them apart: 16 times the TAR at FMR 1e-3 after 700 steps of 32 chips (held-out
    people).
    """
    crowd = ops.transpose(ops.concatenate([teacher, others], axis=0))
    wanted = ops.softmax(ops.matmul(teacher, crowd) * (2.0 / temperature), axis=-1)
    found = ops.log_softmax(ops.matmul(unit(embeddings), crowd) / temperature, axis=-1)
    return -ops.mean(ops.sum(ops.stop_gradient(wanted) * found, axis=-1))


def hardest(embeddings: Tensor, teacher: Tensor, recent: Tensor) -> Tensor:
    """Mean square of how much more alike the student finds faces than the teacher does.

    Shapes: (N, D), unit rows (N, D) and ``recent`` (2, M, D), unit rows: student's and teacher's
    embeddings of the last M faces. Of these, only the `HARDEST` that the student finds most alike
    count. `bank` compares with the teacher's embeddings of other faces, this loss with the
    student's own, so it sees errors that two faces share. The queue is that of MoCo (He et al.
    2020).
    """
    found = ops.matmul(unit(embeddings), ops.transpose(recent[0]))
    wanted = ops.matmul(teacher, ops.transpose(recent[1]))
    count = min(HARDEST, recent.shape[1])
    most = ops.top_k(ops.stop_gradient(found), count)[1]
    excess = ops.take_along_axis(found, most, axis=1) - ops.take_along_axis(wanted, most, axis=1)
    return ops.mean(ops.square(ops.relu(excess)))
