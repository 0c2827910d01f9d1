// Depthwise 3x3 convolutions, one picture and 16 channels at a time.

#include "maps.h"

namespace {

struct Kernel {  // 3x3 of 16 channels
    Floats tap[3][3];
    static Kernel of(const float* weights, long channels, bool turned) {
        Kernel out;
        for (int place = 0; place < 9; ++place)
            out.tap[place / 3][place % 3] =
                load(weights + (turned ? 8 - place : place) * channels);
        return out;
    }
};

// 16 channels of one picture in float32, with a border of zeros.
class Plane {
   public:
    Plane(long height, long width) : width_(width + 2), values_((height + 2) * width_ * kLanes) {}
    float* at(long y, long x) { return values_.data() + ((y + 1) * width_ + x + 1) * kLanes; }

   private:
    long width_;
    std::vector<float> values_;
};

template <typename Strip>
void fill(Plane& plane, const Strip& strip, long first, long height, long width) {
    for (long y = 0; y < height; ++y)
        for (long x = 0; x < width; ++x) store(plane.at(y, x), strip(first + y * width + x));
}

// Calls visit(y, x, a, b, c) for each output: its 3x3 neighbourhood as three columns of three.
template <int stride, typename Visit>
inline void slide(Plane& in, long height, long width, Visit visit) {
    constexpr long before = stride == 1 ? 1 : 0;  // "same" padding of even maps
    for (long y = 0; y < height; ++y) {
        const float* row[3];
        for (int r = 0; r < 3; ++r) row[r] = in.at(y * stride - before + r, -before);
        Floats a[3], b[3], c[3];
        for (int r = 0; r < 3; ++r) a[r] = load(row[r]), b[r] = load(row[r] + kLanes);
        for (long x = 0; x < width; ++x) {
            for (int r = 0; r < 3; ++r) {
                if (stride == 2) b[r] = load(row[r] + (2 * x + 1) * kLanes);
                c[r] = load(row[r] + (x * stride + 2) * kLanes);
            }
            visit(y, x, a, b, c);
            for (int r = 0; r < 3; ++r) a[r] = stride == 1 ? b[r] : c[r], b[r] = c[r];
        }
    }
}

inline Floats product(const Kernel& k, const Floats a[3], const Floats b[3], const Floats c[3]) {
    Floats left = k.tap[0][0] * a[0], middle = k.tap[0][1] * b[0], right = k.tap[0][2] * c[0];
    for (int r = 1; r < 3; ++r) {
        left += k.tap[r][0] * a[r];
        middle += k.tap[r][1] * b[r];
        right += k.tap[r][2] * c[r];
    }
    return left + middle + right;
}

template <int stride>
void kernel_gradient(Plane& in, Plane& dy, long height, long width, Kernel& dk) {
    slide<stride>(in, height, width, [&](long y, long x, const Floats* a, const Floats* b,
                                         const Floats* c) {
        Floats said = load(dy.at(y, x));
        for (int r = 0; r < 3; ++r) {
            dk.tap[r][0] += said * a[r];
            dk.tap[r][1] += said * b[r];
            dk.tap[r][2] += said * c[r];
        }
    });
}

// Calls visit(y, x, gradient) for each input of a convolution with stride 2: four inputs at a time,
// whose gradients come from one output and its upper and left neighbours.
template <typename Visit>
inline void spread(Plane& dy, const Kernel& k, long height, long width, Visit visit) {
    for (long y = 0; y < height; ++y)
        for (long x = 0; x < width; ++x) {
            Floats here = load(dy.at(y, x)), left = load(dy.at(y, x - 1));
            Floats up = load(dy.at(y - 1, x)), both = load(dy.at(y - 1, x - 1));
            visit(2 * y, 2 * x,
                  k.tap[0][0] * here + k.tap[0][2] * left + k.tap[2][0] * up + k.tap[2][2] * both);
            visit(2 * y, 2 * x + 1, k.tap[0][1] * here + k.tap[2][1] * up);
            visit(2 * y + 1, 2 * x, k.tap[1][0] * here + k.tap[1][2] * left);
            visit(2 * y + 1, 2 * x + 1, k.tap[1][1] * here);
        }
}

}  // namespace

extern "C" {

// y = depthwise 3x3 convolution of x (pictures, height, width, channels), which is normalised and
// activated first. "same" padding, stride 1 or, on even maps, 2; kernel (3, 3, channels). Sums as
// in `pointwise`.
void depthwise(const Bf16* x, const float* scale, const float* shift, long pictures, long height,
               long width, long channels, long stride, const float* kernel, Bf16* y, float* sum,
               float* squares) {
    Source in{x, scale, shift, channels};
    Sums sums(channels);
    Plane plane(height, width);
    long out_height = height / stride, out_width = width / stride;
    long places = height * width, results = out_height * out_width;
    for (long n = 0; n < pictures; ++n) {
        for (long c = 0; c < channels; c += kLanes) {
            fetch(x, (n + 1) * places, places, c, pictures * places, channels);
            fetch(y, (n + 1) * results, results, c, pictures * results, channels);
            fill(plane, in.strip(c), n * places, height, width);
            Kernel k = Kernel::of(kernel + c, channels, false);
            Bf16* out = y + n * results * channels + c;
            Floats s = {}, q = {};
            auto visit = [&](long row, long column, const Floats* left, const Floats* middle,
                             const Floats* right) {
                Floats value = product(k, left, middle, right);
                store(out + (row * out_width + column) * channels, value);
                s += value;
                q += value * value;
            };
            if (stride == 1) slide<1>(plane, out_height, out_width, visit);
            else slide<2>(plane, out_height, out_width, visit);
            sums.add(c, s, q);
        }
        sums.fold();
    }
    sums.write(sum, squares);
}

// The gradients of `depthwise`: dx and its sums as in `pointwise_gradient` with scale; dkernel
// (3, 3, channels).
void depthwise_gradient(const Bf16* x, const float* scale, const float* shift, const Bf16* g,
                        const Bf16* y, const float* gscale, const float* slope,
                        const float* offset, long pictures, long height, long width, long channels,
                        long stride, const float* kernel, Bf16* dx, float* dkernel, float* sum,
                        float* products) {
    Source in{x, scale, shift, channels};
    Gradient gradient{g, y, gscale, slope, offset, channels};
    Sums sums(channels);
    long out_height = height / stride, out_width = width / stride;
    long places = height * width, results = out_height * out_width;
    Plane plane(height, width), dy(out_height, out_width);
    std::fill(dkernel, dkernel + 9 * channels, 0.0f);
    for (long n = 0; n < pictures; ++n) {
        for (long c = 0; c < channels; c += kLanes) {
            fetch(x, (n + 1) * places, places, c, pictures * places, channels);
            fetch(dx, (n + 1) * places, places, c, pictures * places, channels);
            fetch(g, (n + 1) * results, results, c, pictures * results, channels);
            fetch(y, (n + 1) * results, results, c, pictures * results, channels);
            fill(plane, in.strip(c), n * places, height, width);
            fill(dy, gradient.strip(c), n * results, out_height, out_width);
            Kernel dk = {};
            if (stride == 1) kernel_gradient<1>(plane, dy, out_height, out_width, dk);
            else kernel_gradient<2>(plane, dy, out_height, out_width, dk);
            for (int tap = 0; tap < 9; ++tap)
                add(dkernel + tap * channels + c, dk.tap[tap / 3][tap % 3]);
            const Bf16* before = x + n * places * channels + c;
            Bf16* out = dx + n * places * channels + c;
            Floats s = {}, p = {};
            auto visit = [&](long row, long column, Floats value) {
                long at = (row * width + column) * channels;
                value = where_open(value, load(plane.at(row, column)));
                s += value;
                p += value * load(before + at);
                store(out + at, value);
            };
            if (stride == 1) {
                Kernel k = Kernel::of(kernel + c, channels, true);
                slide<1>(dy, height, width, [&](long row, long column, const Floats* left,
                                                const Floats* middle, const Floats* right) {
                    visit(row, column, product(k, left, middle, right));
                });
            } else {
                spread(dy, Kernel::of(kernel + c, channels, false), out_height, out_width, visit);
            }
            sums.add(c, s, p);
        }
        sums.fold();
    }
    sums.write(sum, products);
}

}  // extern "C"
