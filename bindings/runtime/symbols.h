/*
 * The symbols of Qt and of the C++ library that the runtime itself needs, in one place; a test asks the
 * installed libraries for each. QSlotObjectBase has no virtual table, so C can make one.
 */
#ifndef QT6C_RUNTIME_SYMBOLS_H
#define QT6C_RUNTIME_SYMBOLS_H

#include <qt6c/value.h>

#define QT6C_SYMBOL(name) __asm__(name)

typedef struct qt_byte_view {
    ptrdiff_t size;
    const char *bytes;
} qt_byte_view;

/* QtPrivate::QSlotObjectBase */
typedef struct qt_slot_object {
    int references; /* atomic, Qt's */
    void (*implementation)(int which, void *self, void *receiver, void **args, bool *result);
} qt_slot_object;

enum { QT_SLOT_DESTROY = 0, QT_SLOT_CALL = 1 };

/* QMetaObject */
typedef struct qt_meta_object {
    const void *super;
    const unsigned *strings, *data;
    void (*static_metacall)(void *object, int call, int id, void **args);
    const void *related;
    const void *const *types;
    void *extra;
} qt_meta_object;

/* The start of QtPrivate::QMetaTypeInterface. */
typedef struct qt_meta_type {
    unsigned short revision, align;
    unsigned size, flags;
    int id;
    const void *(*meta_object)(const void *);
    const char *name;
} qt_meta_type;

/* QGenericArgument, QGenericReturnArgument */
typedef struct qt_generic_argument {
    const void *data;
    const char *type_name;
} qt_generic_argument;

void *qt_operator_new(size_t size) QT6C_SYMBOL("_Znwm");
void qt_operator_delete(void *memory) QT6C_SYMBOL("_ZdlPv");

void *qt_sym_install_message_handler(void (*handler)(int type, const void *context, const QString *text))
    QT6C_SYMBOL("_Z22qInstallMessageHandlerPFv9QtMsgTypeRK18QMessageLogContextRK7QStringE");
const char *qt_sym_version(void) QT6C_SYMBOL("qVersion");
extern void *qt_sym_application QT6C_SYMBOL("_ZN16QCoreApplication4selfE");
QString qt_sym_from_utf8(qt_byte_view text) QT6C_SYMBOL("_ZN7QString8fromUtf8E14QByteArrayView");
QByteArray qt_sym_to_utf8(const QString *string) QT6C_SYMBOL("_ZN7QString13toUtf8_helperERKS_");
void qt_sym_array_deallocate(void *d, ptrdiff_t object_size, ptrdiff_t alignment)
    QT6C_SYMBOL("_ZN10QArrayData10deallocateEPS_xx");
void *qt_sym_array_allocate(void **d, ptrdiff_t object_size, ptrdiff_t alignment, ptrdiff_t capacity,
                            int option) QT6C_SYMBOL("_ZN10QArrayData8allocateEPPS_xxxNS_16AllocationOptionE");

void qt_sym_variant_from_type(QVariant *variant, const void *type, const void *value)
    QT6C_SYMBOL("_ZN8QVariantC1E9QMetaTypePKv");
void qt_sym_variant_bool(QVariant *variant, bool value) QT6C_SYMBOL("_ZN8QVariantC1Eb");
void qt_sym_variant_int(QVariant *variant, int value) QT6C_SYMBOL("_ZN8QVariantC1Ei");
void qt_sym_variant_int64(QVariant *variant, long long value) QT6C_SYMBOL("_ZN8QVariantC1Ex");
void qt_sym_variant_double(QVariant *variant, double value) QT6C_SYMBOL("_ZN8QVariantC1Ed");
void qt_sym_variant_string(QVariant *variant, const QString *string) QT6C_SYMBOL("_ZN8QVariantC1ERK7QString");
void qt_sym_meta_type(const void **type, int id) QT6C_SYMBOL("_ZN9QMetaTypeC1Ei");

/* Returns a QMetaObject::Connection, which has a destructor: through memory. */
void *qt_sym_connect(void *connection, const void *sender, void **signal, const void *receiver, void **slot,
                     qt_slot_object *slot_object, int type, const int *types, const void *meta_object)
    QT6C_SYMBOL(
        "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK"
        "11QMetaObject");
bool qt_sym_disconnect(const void *connection)
    QT6C_SYMBOL("_ZN7QObject10disconnectERKN11QMetaObject10ConnectionE");
void qt_sym_connection_destroy(void *connection) QT6C_SYMBOL("_ZN11QMetaObject10ConnectionD1Ev");
bool qt_sym_invoke(QObject *object, qt_slot_object *slot_object, int type, void *result) QT6C_SYMBOL(
    "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
bool qt_sym_invoke_by_name(QObject *object, const char *method, int type, qt_generic_argument result,
                           qt_generic_argument a0, qt_generic_argument a1, qt_generic_argument a2,
                           qt_generic_argument a3, qt_generic_argument a4, qt_generic_argument a5,
                           qt_generic_argument a6, qt_generic_argument a7, qt_generic_argument a8,
                           qt_generic_argument a9)
    QT6C_SYMBOL("_ZN11QMetaObject12invokeMethodEP7QObjectPKcN2Qt14ConnectionTypeE22QGenericReturnArgument"
                "16QGenericArgumentS7_S7_S7_S7_S7_S7_S7_S7_S7_");
const char *qt_sym_class_name(const void *meta_object) QT6C_SYMBOL("_ZNK11QMetaObject9classNameEv");
void qt_sym_activate(void *sender, const void *meta_object, int signal, void **args)
    QT6C_SYMBOL("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");

#endif
