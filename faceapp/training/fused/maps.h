// Feature maps of bfloat16, and what all kernels do with them.
//
// Maps are (pixels, channels), channels last, in multiples of 16. Coefficients and sums are float32
// per channel. Normalisation is  n = scale y + shift;  the gradient through it is
// dy = scale g + slope y + offset,  where g is the gradient of n.

#pragma once

#include <immintrin.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace {

using Bf16 = uint16_t;
using Floats = __m512;  // 16 channels

constexpr long kLanes = 16;
constexpr long kStep = 32;        // the depth of one tile product
constexpr long kBlock = 64;       // rows multiplied at a time, at most
constexpr long kRows = 128;       // pixels whose gradients are worked on at a time, in the L2 cache

inline Floats load(const Bf16* from) {
    __m512i words = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i*)from));
    return (Floats)_mm512_slli_epi32(words, 16);
}

inline Floats load(const float* from) { return _mm512_loadu_ps(from); }

inline void store(Bf16* to, Floats values) {
    _mm256_storeu_si256((__m256i*)to, (__m256i)_mm512_cvtneps_pbh(values));
}

inline void store(float* to, Floats values) { _mm512_storeu_ps(to, values); }

inline void add(float* to, Floats values) { store(to, load(to) + values); }

inline Floats relu6(Floats x) {
    return _mm512_min_ps(_mm512_max_ps(x, Floats{}), _mm512_set1_ps(6.0f));
}

// g where 0 < n < 6, else 0. n may be the value before or after ReLU6.
inline Floats where_open(Floats g, Floats n) {
    __mmask16 open = _mm512_cmp_ps_mask(n, Floats{}, _CMP_GT_OQ) &
                     _mm512_cmp_ps_mask(n, _mm512_set1_ps(6.0f), _CMP_LT_OQ);
    return _mm512_maskz_mov_ps(open, g);
}

inline long rounded(long count, long unit) { return (count + unit - 1) / unit * unit; }

// Prefetches this strip's share of the next block of rows while this block is computed. Strips jump
// from row to row, which processors do not predict, and maps are larger than caches.
inline void fetch(const Bf16* map, long next, long block, long channel, long rows, long channels) {
    long from = next * channels + channel * block;
    long to = std::min(from + kLanes * block, rows * channels);
    for (long at = from; at < to; at += 32) _mm_prefetch((const char*)(map + at), _MM_HINT_T1);
}

// Two sums per channel. Blocks are added up in double: over 100,000 rows, float32 would lose the
// digits that make up a variance.
class Sums {
   public:
    explicit Sums(long channels)
        : channels_(channels), total_(2 * channels), block_(2 * channels) {}
    void add(long channel, Floats first, Floats second) {
        ::add(block_.data() + channel, first);
        ::add(block_.data() + channels_ + channel, second);
    }
    void fold() {
        for (size_t c = 0; c < total_.size(); ++c) total_[c] += block_[c];
        std::fill(block_.begin(), block_.end(), 0.0f);
    }
    void write(float* first, float* second) const {
        for (long c = 0; c < channels_; ++c) {
            first[c] = float(total_[c]);
            second[c] = float(total_[channels_ + c]);
        }
    }

   private:
    long channels_;
    std::vector<double> total_;
    std::vector<float> block_;
};

// A map read as it is or, with scale and shift, normalised and activated while it is read.
struct Source {
    const Bf16* map;
    const float *scale, *shift;
    long channels;

    struct Strip {  // 16 channels of the map
        const Bf16* map;
        long channels;
        Floats scale, shift;
        bool lazy;
        Floats operator()(long row) const {
            Floats value = load(map + row * channels);
            return lazy ? relu6(scale * value + shift) : value;
        }
    };
    Strip strip(long c) const {
        if (!scale) return {map + c, channels, Floats{}, Floats{}, false};
        return {map + c, channels, load(scale + c), load(shift + c), true};
    }
};

// The gradient of a map before its normalisation, computed from the one after it.
struct Gradient {
    const Bf16 *g, *y;
    const float *scale, *slope, *offset;
    long channels;

    struct Strip {
        const Bf16 *g, *y;
        long channels;
        Floats scale, slope, offset;
        Floats operator()(long row) const {
            return scale * load(g + row * channels) + slope * load(y + row * channels) + offset;
        }
    };
    Strip strip(long c) const {
        return {g + c, y + c, channels, load(scale + c), load(slope + c), load(offset + c)};
    }
};

}  // namespace
