#include <qt6c/connect.h>

#include "symbols.h"

/* A slot object of Qt's with room for what C needs. Qt owns it and destroys it through `implementation`. */
typedef struct signal_slot {
    qt_slot_object base;
    qt_trampoline trampoline;
    qt_callback callback;
    void *user;
    void (*destroy)(void *user);
} signal_slot;

static void run_signal_slot(int which, void *self, void *receiver, void **args, bool *result)
{
    (void)receiver;
    (void)result;
    signal_slot *slot = self;
    if (which == QT_SLOT_CALL) {
        slot->trampoline(slot->callback, slot->user, args);
    } else if (which == QT_SLOT_DESTROY) {
        if (slot->destroy) {
            slot->destroy(slot->user);
        }
        qt_operator_delete(slot);
    }
}

bool qt_connect(void *sender, const void *signal, const void *meta_object, void *context,
                qt_trampoline trampoline, qt_callback callback, void *user, const qt_connect_options *options)
{
    signal_slot *slot = qt_operator_new(sizeof *slot);
    *slot =
        (signal_slot){{1, run_signal_slot}, trampoline, callback, user, options ? options->destroy : NULL};
    /* What C++ knows as a pointer to a member function: an address and an adjustment. */
    const void *member[2] = {signal, NULL};
    qt_connection connection = {NULL};
    qt_sym_connect(&connection, sender, (void **)member, context ? context : sender, NULL, &slot->base,
                   options ? options->type : 0, NULL, meta_object);
    bool connected = connection.d != NULL;
    if (options && options->connection) {
        *options->connection = connection;
    } else {
        qt_connection_release(&connection);
    }
    return connected;
}

bool qt_disconnect(qt_connection *connection)
{
    bool disconnected = connection->d && qt_sym_disconnect(connection);
    qt_connection_release(connection);
    return disconnected;
}

void qt_connection_release(qt_connection *connection)
{
    if (connection->d) {
        qt_sym_connection_destroy(connection);
        connection->d = NULL;
    }
}

typedef struct posted_call {
    qt_slot_object base;
    void (*callback)(void *user);
    void *user;
    void (*destroy)(void *user);
} posted_call;

static void run_posted_call(int which, void *self, void *receiver, void **args, bool *result)
{
    (void)receiver;
    (void)args;
    (void)result;
    posted_call *call = self;
    if (which == QT_SLOT_CALL) {
        call->callback(call->user);
    } else if (which == QT_SLOT_DESTROY) {
        if (call->destroy) {
            call->destroy(call->user);
        }
        qt_operator_delete(call);
    }
}

void qt_post(QObject *receiver, void (*callback)(void *user), void *user, void (*destroy)(void *user))
{
    enum { QUEUED = 2 };
    posted_call *call = qt_operator_new(sizeof *call);
    *call = (posted_call){{1, run_posted_call}, callback, user, destroy};
    qt_sym_invoke(receiver, &call->base, QUEUED, NULL);
}

QObject *qt_application(void)
{
    return qt_sym_application;
}
