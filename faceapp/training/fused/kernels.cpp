// A training step of inverted residuals, with as little memory traffic as possible.
//
// On a CPU a step spends its time moving feature maps, not multiplying. So convolution, batch
// normalisation and ReLU6 together take one pass forward and one back. A map is stored before its
// normalisation and normalised when it is read. The sums that normalisation needs are taken while
// the map is written. Only this file is compiled; it includes the convolutions.

#include "depthwise.h"
#include "pointwise.h"

extern "C" {

// z = act(scale y + shift) + skip; act is ReLU6 or nothing, skip may be null.
void normalise(const Bf16* y, long rows, long channels, const float* scale, const float* shift,
               bool act, const Bf16* skip, Bf16* z) {
    for (long first = 0; first < rows; first += kRows) {
        long last = std::min(first + kRows, rows);
        for (long c = 0; c < channels; c += kLanes) {
            fetch(y, last, last - first, c, rows, channels);
            fetch(z, last, last - first, c, rows, channels);
            if (skip) fetch(skip, last, last - first, c, rows, channels);
            Floats a = load(scale + c), b = load(shift + c);
            for (long at = first * channels + c; at < last * channels; at += channels) {
                Floats value = a * load(y + at) + b;
                if (act) value = relu6(value);
                if (skip) value += load(skip + at);
                store(z + at, value);
            }
        }
    }
}

// Sums g and g y per channel, as the gradient of `normalise` needs them. Without scale and shift, g
// is dz. With them, g is what ReLU6 lets through of dz, and is written.
void normalise_gradient(const Bf16* dz, const Bf16* y, long rows, long channels,
                        const float* scale, const float* shift, Bf16* g, float* sum,
                        float* products) {
    Sums sums(channels);
    for (long first = 0; first < rows; first += kRows) {
        long last = std::min(first + kRows, rows);
        for (long c = 0; c < channels; c += kLanes) {
            fetch(dz, last, last - first, c, rows, channels);
            fetch(y, last, last - first, c, rows, channels);
            if (scale) fetch(g, last, last - first, c, rows, channels);
            Floats a = {}, b = {}, s = {}, p = {};
            if (scale) a = load(scale + c), b = load(shift + c);
            for (long at = first * channels + c; at < last * channels; at += channels) {
                Floats value = load(dz + at), before = load(y + at);
                if (scale) {
                    value = where_open(value, a * before + b);
                    store(g + at, value);
                }
                s += value;
                p += value * before;
            }
            sums.add(c, s, p);
        }
        sums.fold();
    }
    sums.write(sum, products);
}

// The 3x3 pixels under each position of a stride of 2, as rows of 32 numbers, 27 of them used.
// chips float32 (pictures, size, size, 3), size even; out (pictures, size / 2, size / 2, 32).
void patches(const float* chips, long pictures, long size, Bf16* out) {
    long width = size * 3;
    std::vector<float> row(32);
    for (long n = 0; n < pictures; ++n)
        for (long y = 0; y < size; y += 2)
            for (long x = 0; x < size; x += 2, out += 32) {
                for (long r = 0; r < 3; ++r) {
                    bool below = y + r >= size;
                    const float* from = chips + (n * size + y + r) * width + x * 3;
                    for (long i = 0; i < 9; ++i)
                        row[9 * r + i] = below || (x + 2 >= size && i >= 6) ? 0.0f : from[i];
                }
                store(out, load(row.data()));
                store(out + 16, load(row.data() + 16));
            }
}

// The global depthwise convolution: out float32 (pictures, channels) = sum over places of x times
// kernel, x (pictures, places, channels), kernel float32 (places, channels).
void pool(const Bf16* x, long pictures, long places, long channels, const float* kernel,
          float* out) {
    for (long n = 0; n < pictures; ++n)
        for (long c = 0; c < channels; c += kLanes) {
            Floats sum = {};
            for (long at = c; at < places * channels; at += channels)
                sum += load(x + n * places * channels + at) * load(kernel + at);
            store(out + n * channels + c, sum);
        }
}

// The gradients of `pool`: dx and dkernel from dout.
void pool_gradient(const Bf16* x, const float* dout, long pictures, long places, long channels,
                   const float* kernel, Bf16* dx, float* dkernel) {
    std::fill(dkernel, dkernel + places * channels, 0.0f);
    for (long n = 0; n < pictures; ++n)
        for (long c = 0; c < channels; c += kLanes) {
            Floats said = load(dout + n * channels + c);
            for (long at = c; at < places * channels; at += channels) {
                long place = n * places * channels + at;
                store(dx + place, said * load(kernel + at));
                add(dkernel + at, said * load(x + place));
            }
        }
}

}  // extern "C"
