/*
 * What the installed Qt keeps to itself, so that no symbol can be asked for: virtual functions and
 * destructors defined inline in a header and compiled with hidden visibility, and an abstract class whose
 * table no other program needs.
 */
#ifndef VT_TESTS_BINDINGS_UNEXPORTED_H
#define VT_TESTS_BINDINGS_UNEXPORTED_H

static const char *const unexported_functions[] = {
    "_ZN6QEvent11setAcceptedEb",
    "_ZN11QInputEvent12setTimestampEy",
    "_ZNK11QHoverEvent13isUpdateEventEv",
    "_ZNK13QPointerEvent12isBeginEventEv",
    "_ZNK13QPointerEvent13isUpdateEventEv",
    "_ZNK13QPointerEvent10isEndEventEv",
    "_ZNK12QPaintDevice7devTypeEv",
    "_ZNK7QWindow4sizeEv",
    "_ZThn16_NK7QWindow4sizeEv",
    /* No destructor is declared: the compiler's own, where it is used. */
    "_ZN11QStyleHintsD1Ev",
    "_ZN11QStyleHintsD0Ev",
    "_ZN16QStringListModelD1Ev",
    "_ZN16QStringListModelD0Ev",
};

static const char *const classes_without_table[] = {
    "QObjectData", /* private to QObject */
};

enum {
    UNEXPORTED_FUNCTION_COUNT = sizeof unexported_functions / sizeof *unexported_functions,
    CLASS_WITHOUT_TABLE_COUNT = sizeof classes_without_table / sizeof *classes_without_table
};

#endif
