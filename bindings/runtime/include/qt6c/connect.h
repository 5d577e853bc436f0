/*
 * Connections of Qt's signals to C functions, and calls posted to another thread's event loop.
 *
 * The generated q_<class>_on_<signal> functions are typed covers of qt_connect. A connection ends with the
 * sender, with the context, or by qt_disconnect; then `destroy` is called with `user`, once. Threads: any;
 * the callback runs in the context's thread (Qt_AutoConnection), or as `type` says.
 */
#ifndef QT6C_CONNECT_H
#define QT6C_CONNECT_H

#include <qt6c/value.h>

typedef void (*qt_callback)(void);
/* Turns Qt's array of argument pointers (args[1] on; args[0] is for a result) into a call of `callback`. */
typedef void (*qt_trampoline)(qt_callback callback, void *user, void **args);

/* A handle to one connection, owned by the caller: ended by qt_disconnect or qt_connection_release. */
typedef struct qt_connection {
    void *d;
} qt_connection;

typedef struct qt_connect_options {
    int type;                    /* Qt_ConnectionType: 0 auto, 1 direct, 2 queued, 3 blocking queued */
    void (*destroy)(void *user); /* called when the connection is gone; may be NULL */
    qt_connection *connection;   /* receives a handle; NULL if nobody will disconnect */
} qt_connect_options;

/* `sender` is a QObject *; `signal` and `meta_object` name its signal; `context` a QObject * (NULL: the
   sender). `options` may be NULL. False if Qt refuses (no such signal): a line is then on Qt's log, and
   `destroy` was called. */
bool qt_connect(void *sender, const void *signal, const void *meta_object, void *context,
                qt_trampoline trampoline, qt_callback callback, void *user,
                const qt_connect_options *options);

/* Ends the connection and releases the handle; false if it had ended before. Allowed inside its own callback.
 */
bool qt_disconnect(qt_connection *connection);
/* Gives up the handle; the connection goes on. */
void qt_connection_release(qt_connection *connection);

/* The application object, the one QCoreApplication there is; NULL before and after. The window's thread. */
QObject *qt_application(void);

/* Calls `callback(user)` from the event loop of the thread that `receiver` lives in, in the order of posting.
   If the receiver dies first it is never called. `destroy` (may be NULL) is called with `user` afterwards in
   either case, once, in the receiver's thread (or in the one that destroyed it). Any thread. */
void qt_post(QObject *receiver, void (*callback)(void *user), void *user, void (*destroy)(void *user));

#endif
