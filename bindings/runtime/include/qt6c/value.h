/*
 * Value classes of Qt whose members its headers hide in unions or templates: their layout, written down once.
 * The generated types.h asserts each size against the installed Qt.
 */
#ifndef QT6C_VALUE_H
#define QT6C_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct QObject QObject;

/* QArrayDataPointer<char16_t>: `ptr` holds `size` UTF-16 units; `d` is the shared header, NULL for static
 * data. */
typedef struct QString {
    void *d;
    uint16_t *ptr;
    ptrdiff_t size;
} QString;

typedef struct QByteArray {
    void *d;
    char *ptr;
    ptrdiff_t size;
} QByteArray;

/* QList<T> of any T: `size` elements, contiguous at `ptr`. */
typedef struct QList {
    void *d;
    void *ptr;
    ptrdiff_t size;
} QList;

typedef struct QVariant {
    union {
        char bytes[24];
        void *pointer;
        double number;
        int64_t integer;
    } data;
    uintptr_t packed; /* bit 0: shared, bit 1: null, the rest: address of the type's interface */
} QVariant;

/* Channels have 16 bits; `spec` 1 is RGB. */
typedef struct QColor {
    int spec;
    uint16_t alpha, red, green, blue, pad;
} QColor;

/* Policies are QSizePolicy_Policy; `control_type` is the number of the bit of a QSizePolicy_ControlType. */
typedef struct QSizePolicy {
    unsigned horizontal_stretch : 8, vertical_stretch : 8;
    unsigned horizontal_policy : 4, vertical_policy : 4;
    unsigned control_type : 5;
    unsigned height_for_width : 1, width_for_height : 1, retain_size_when_hidden : 1;
} QSizePolicy;

/* What translated inline methods call of Qt's global helpers (qRound, qMin ...), with Qt's meaning. */
#define QT_MIN(a, b)             ((a) < (b) ? (a) : (b))
#define QT_MAX(a, b)             ((a) < (b) ? (b) : (a))
#define QT_ABS(a)                ((a) >= 0 ? (a) : -(a))
#define QT_BOUND(low, a, high)   QT_MAX(low, QT_MIN(high, a))
#define qt_fuzzy_is_null(number) (QT_ABS(number) <= 0.000000000001)
/* Qt rounds a float in float arithmetic, which differs from double's beside the halves. */
#define qt_round(number) _Generic((number), float : qt_round_float, default : qt_round_double)(number)
static inline int qt_round_double(double number)
{
    return number >= 0.0 ? (int)(number + 0.5) : (int)(number - 0.5);
}
static inline int qt_round_float(float number)
{
    return number >= 0.0f ? (int)(number + 0.5f) : (int)(number - 0.5f);
}

/* A class with a copy constructor or destructor is returned through memory however small it is, which C does
   only for what is large or, on x86-64, holds a misaligned member (System V ABI 3.2.3). There Q<Class>Result
   has the class's own size, so that functions in C can return it to Qt too; elsewhere it is padded, which
   serves calls alone: Qt's callers have no room for more than the class. `value` is what is returned. */
#ifdef __x86_64__
#define QT_RETURNS_TO_QT 1
#define QT_RESULT(type)                                                                                      \
    union {                                                                                                  \
        type value;                                                                                          \
        struct __attribute__((packed)) {                                                                     \
            char aligned_;                                                                                   \
            short misaligned_;                                                                               \
        } in_memory_;                                                                                        \
    }
#else
#define QT_RETURNS_TO_QT 0
#define QT_RESULT(type)                                                                                      \
    struct {                                                                                                 \
        type value;                                                                                          \
        void *pad_[3];                                                                                       \
    }
#endif

/* Storage for an object of `size` bytes by C++'s operator new, as `delete` expects it. Never NULL: the C++
   library ends the program when memory runs out. */
void *qt_allocate(size_t size);

#endif
