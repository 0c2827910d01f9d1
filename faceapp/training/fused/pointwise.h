// 1x1 convolutions: matrix products, on AMX tiles or with AVX-512's dot products.

#include "maps.h"

#if defined(__AMX_BF16__) && defined(__linux__)
#define WITH_AMX
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace {

#ifdef WITH_AMX
struct Tiles {
    Tiles() {
        struct {
            uint8_t palette, start, reserved[14];
            uint16_t bytes[16];
            uint8_t rows[16];
        } shape = {};
        shape.palette = 1;
        for (int tile = 0; tile < 7; ++tile) shape.bytes[tile] = 64, shape.rows[tile] = 16;
        _tile_loadconfig(&shape);
    }
    ~Tiles() { _tile_release(); }
};

// c (16 count rows, 16) [+]= a (16 count rows, depth) b (depth, 16). Rows of a lie a_stride apart;
// b is in tiles of 16 pairs of rows, one after the other. Tiles 0 to 3 hold c, 4 and 5 a, 6 b.
template <int count>
inline void multiply(const Bf16* a, long a_stride, const Bf16* b, long depth, float* c,
                     long c_stride, bool onto) {
    long bytes = a_stride * 2, c_bytes = c_stride * 4;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    if (onto) {
        _tile_loadd(0, c, c_bytes);
        if (count > 1) _tile_loadd(1, c + 16 * c_stride, c_bytes);
        if (count > 2) _tile_loadd(2, c + 32 * c_stride, c_bytes);
        if (count > 2) _tile_loadd(3, c + 48 * c_stride, c_bytes);
    }
    for (long k = 0; k < depth; k += kStep) {
        _tile_loadd(6, b + k * 16, 64);
        _tile_loadd(4, a + k, bytes);
        _tile_dpbf16ps(0, 4, 6);
        if (count < 2) continue;
        _tile_loadd(5, a + 16 * a_stride + k, bytes);
        _tile_dpbf16ps(1, 5, 6);
        if (count < 4) continue;
        _tile_loadd(4, a + 32 * a_stride + k, bytes);
        _tile_dpbf16ps(2, 4, 6);
        _tile_loadd(5, a + 48 * a_stride + k, bytes);
        _tile_dpbf16ps(3, 5, 6);
    }
    _tile_stored(0, c, c_bytes);
    if (count > 1) _tile_stored(1, c + 16 * c_stride, c_bytes);
    if (count > 2) _tile_stored(2, c + 32 * c_stride, c_bytes);
    if (count > 2) _tile_stored(3, c + 48 * c_stride, c_bytes);
}

// Tiles must be requested once, before there are threads; a kernel or its sandbox may refuse.
const bool granted =
    !syscall(SYS_arch_prctl, 0x1023 /* ARCH_REQ_XCOMP_PERM */, 18 /* tile data */);
#else
struct Tiles {};
const bool granted = true;

template <int count>
inline void multiply(const Bf16* a, long a_stride, const Bf16* b, long depth, float* c,
                     long c_stride, bool onto) {
    for (long first = 0; first < 16 * count; first += 8) {
        Floats sum[8];
        for (long r = 0; r < 8; ++r) sum[r] = onto ? load(c + (first + r) * c_stride) : Floats{};
        for (long k = 0; k < depth; k += 2) {
            __m512i pair = _mm512_loadu_si512(b + k * 16);
            for (long r = 0; r < 8; ++r) {
                int32_t two;
                std::memcpy(&two, a + (first + r) * a_stride + k, sizeof two);
                sum[r] = _mm512_dpbf16_ps(sum[r], (__m512bh)_mm512_set1_epi32(two), (__m512bh)pair);
            }
        }
        for (long r = 0; r < 8; ++r) store(c + (first + r) * c_stride, sum[r]);
    }
}
#endif

// Interleaves two rows of 16 numbers into 16 pairs, the layout of a tile of b.
inline __m512i paired(Floats even, Floats odd) {
    const __m512i order =
        _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6,
                         21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    return _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(odd, even));
}

// Packs weights (depth, columns) into tiles, all depths for each 16 columns. With `turned` it packs
// the transpose of weights (columns, depth).
std::vector<Bf16> packed(const Bf16* weights, long depth, long columns, bool turned) {
    long deep = rounded(depth, kStep);
    std::vector<Bf16> out(deep * columns);
    for (long n = 0; n < columns; ++n)
        for (long k = 0; k < depth; ++k)
            out[(n / 16) * deep * 16 + (k / 2) * 32 + (n % 16) * 2 + k % 2] =
                turned ? weights[n * depth + k] : weights[k * columns + n];
    return out;
}

void transpose(__m512i rows[16]) {
    __m512i t[16];
    for (int i = 0; i < 16; i += 2) {
        t[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
        t[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
    }
    for (int i = 0; i < 16; i += 4)
        for (int j = 0; j < 2; ++j) {
            rows[i + 2 * j] = _mm512_unpacklo_epi64(t[i + j], t[i + j + 2]);
            rows[i + 2 * j + 1] = _mm512_unpackhi_epi64(t[i + j], t[i + j + 2]);
        }
    for (int i = 0; i < 4; ++i)
        for (int half = 0; half < 16; half += 8) {
            t[half + i] = _mm512_shuffle_i32x4(rows[half + i], rows[half + i + 4], 0x88);
            t[half + i + 4] = _mm512_shuffle_i32x4(rows[half + i], rows[half + i + 4], 0xdd);
        }
    for (int i = 0; i < 8; ++i) {
        rows[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
        rows[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
    }
}

// Reads `count` rows of a source from `first` on into rows of `deep` columns; those beyond the
// source's channels stay 0.
void stage(const Source& in, long first, long count, long rows, long deep, Bf16* out) {
    for (long c = 0; c < in.channels; c += kLanes) {
        fetch(in.map, first + count, count, c, rows, in.channels);
        Source::Strip strip = in.strip(c);
        for (long row = 0; row < count; ++row) store(out + row * deep + c, strip(first + row));
    }
}

// Stores the gradient of a block of rows twice: in dy as rows of `wide`, in pairs as tiles of b.
void stage(const Gradient& in, long first, long count, long rows, long wide, Bf16* dy,
           Bf16* pairs) {
    for (long c = 0; c < in.channels; c += kLanes) {
        fetch(in.g, first + count, count, c, rows, in.channels);
        fetch(in.y, first + count, count, c, rows, in.channels);
        Gradient::Strip strip = in.strip(c);
        for (long row = 0; row < rounded(count, kStep); row += 2) {
            Floats even = row < count ? strip(first + row) : Floats{};
            Floats odd = row + 1 < count ? strip(first + row + 1) : Floats{};
            store(dy + row * wide + c, even);
            store(dy + (row + 1) * wide + c, odd);
            _mm512_storeu_si512(pairs + c * kRows + row * 16, paired(even, odd));
        }
    }
}

// Stores a block of rows transposed: (channels, kRows).
void stage_turned(const Source& in, long first, long count, long rows, Bf16* out) {
    for (long c = 0; c < in.channels; c += kLanes) {
        fetch(in.map, first + count, count, c, rows, in.channels);
        Source::Strip strip = in.strip(c);
        for (long top = 0; top < count; top += 32) {
            __m512i square[16];
            for (long pair = 0; pair < 16; ++pair) {
                long row = top + 2 * pair;
                Floats even = row < count ? strip(first + row) : Floats{};
                Floats odd = row + 1 < count ? strip(first + row + 1) : Floats{};
                square[pair] = paired(even, odd);
            }
            transpose(square);
            for (long k = 0; k < 16; ++k)
                _mm512_storeu_si512(out + (c + k) * kRows + top, square[k]);
        }
    }
}

// out (depth, columns) += the product of what `stage_turned` and `stage` stored.
void add_products(const Bf16* turned, const Bf16* pairs, long count, long depth, long columns,
                  float* out) {
    long deep = rounded(count, kStep);
    for (long k = 0, high; k < depth; k += high) {
        high = depth - k >= 64 ? 64 : depth - k >= 32 ? 32 : 16;
        for (long n = 0; n < columns; n += 16) {
            const Bf16 *left = turned + k * kRows, *right = pairs + n * kRows;
            float* to = out + k * columns + n;
            if (high == 64) multiply<4>(left, kRows, right, deep, to, columns, true);
            else if (high == 32) multiply<2>(left, kRows, right, deep, to, columns, true);
            else multiply<1>(left, kRows, right, deep, to, columns, true);
        }
    }
}

}  // namespace

extern "C" {

// Whether this process may use the instructions that these kernels were compiled for.
bool usable() { return granted; }

// y (rows, columns) = x weights. x (rows, depth) is normalised and activated first if scale is
// given. weights are bfloat16 (depth, columns). Per column: the sums of y and of its squares.
void pointwise(const Bf16* x, const float* scale, const float* shift, long rows, long depth,
               long columns, const Bf16* weights, Bf16* y, float* sum, float* squares) {
    Tiles tiles;
    Source in{x, scale, shift, depth};
    long deep = rounded(depth, kStep);
    std::vector<Bf16> b = packed(weights, depth, columns, false), a(kBlock * deep);
    Sums sums(columns);
    alignas(64) float c[kBlock * 16];
    for (long first = 0; first < rows; first += kBlock) {
        long count = std::min(kBlock, rows - first);
        stage(in, first, count, rows, deep, a.data());
        for (long n = 0; n < columns; n += 16) {
            fetch(y, first + count, count, n, rows, columns);
            multiply<4>(a.data(), deep, b.data() + n * deep, deep, c, 16, false);
            Bf16* out = y + first * columns + n;
            Floats s = {}, q = {};
            for (long r = 0; r < count; ++r) {
                Floats value = load(c + r * 16);
                store(out + r * columns, value);
                s += value;
                q += value * value;
            }
            sums.add(n, s, q);
        }
        sums.fold();
    }
    sums.write(sum, squares);
}

// The gradients of `pointwise`. g is the gradient of the normalised y; gscale, slope and offset
// turn it into that of y. dweights is float32 (depth, columns). Without scale, dx is the gradient
// of x, plus `skip` if given. With scale, dx is the gradient of x after normalisation and before
// activation; sum and products receive, per channel, the sums of dx and of dx times x.
void pointwise_gradient(const Bf16* x, const float* scale, const float* shift, const Bf16* g,
                        const Bf16* y, const float* gscale, const float* slope,
                        const float* offset, long rows, long depth, long columns,
                        const Bf16* weights, const Bf16* skip, Bf16* dx, float* dweights,
                        float* sum, float* products) {
    Tiles tiles;
    Source in{x, scale, shift, depth};
    Gradient gradient{g, y, gscale, slope, offset, columns};
    long wide = rounded(columns, kStep);
    std::vector<Bf16> b = packed(weights, columns, depth, true);
    std::vector<Bf16> dy(kRows * wide), pairs(kRows * columns), turned(depth * kRows);
    Sums sums(depth);
    alignas(64) float c[kBlock * 16];
    std::fill(dweights, dweights + depth * columns, 0.0f);
    for (long first = 0; first < rows; first += kRows) {
        long count = std::min(kRows, rows - first);
        stage(gradient, first, count, rows, wide, dy.data(), pairs.data());
        stage_turned(in, first, count, rows, turned.data());
        add_products(turned.data(), pairs.data(), count, depth, columns, dweights);
        for (long k = 0; k < depth; k += kLanes) {
            fetch(dx, first + count, count, k, rows, depth);
            if (skip) fetch(skip, first + count, count, k, rows, depth);
            Source::Strip strip = in.strip(k);
            Floats s = {}, p = {};
            for (long row = 0; row < count; ++row) {
                if (row % kBlock == 0)
                    multiply<4>(dy.data() + row * wide, wide, b.data() + k * wide, wide, c, 16,
                                false);
                long at = (first + row) * depth + k;
                Floats value = load(c + row % kBlock * 16);
                if (scale) {
                    Floats before = load(x + at);
                    value = where_open(value, strip.scale * before + strip.shift);
                    s += value;
                    p += value * before;
                } else if (skip) {
                    value += load(skip + at);
                }
                store(dx + at, value);
            }
            sums.add(k, s, p);
        }
        sums.fold();
    }
    if (scale) sums.write(sum, products);
}

}  // extern "C"
