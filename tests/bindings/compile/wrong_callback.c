#include <qt6c/qt6c.h>

static void wants_an_int(void *user, int value)
{
    (void)user;
    (void)value;
}

void connect_the_wrong_callback(QTimer *timer);

void connect_the_wrong_callback(QTimer *timer)
{
    q_timer_on_timeout(timer, NULL, wants_an_int, NULL);
}
