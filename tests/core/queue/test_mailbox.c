/* core/queue/mailbox and doorbell: coalesced wake-ups, bounds, closing, no message left behind. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/queue/doorbell.h"
#include "core/queue/mailbox.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct note {
    vt_message message;
    unsigned producer, number;
} note;

typedef struct actor {
    vt_mailbox *mailbox;
    unsigned delivered, wakes, nested;
    unsigned numbers[16];
    note *repost; /* posted by the next delivery */
} actor;

static unsigned discarded;

static void deliver(vt_message *message, void *user)
{
    actor *self = user;
    if (self->delivered < 16) {
        self->numbers[self->delivered] = ((note *)message)->number;
    }
    self->delivered++;
    self->nested += (unsigned)vt_mailbox_drain(self->mailbox, VT_FOREVER);
    if (self->repost) {
        note *again = self->repost;
        self->repost = NULL;
        assert_true(vt_mailbox_post(self->mailbox, &again->message));
    }
}

static void discard(vt_message *message)
{
    (void)message;
    discarded++;
}

static const vt_message_ops note_ops = {.name = "note", .deliver = deliver, .discard = discard};

static void count_wake(void *user)
{
    ((actor *)user)->wakes++;
}

static note make(unsigned number)
{
    return (note){.message = {.ops = &note_ops}, .number = number};
}

static void set_up(actor *self, size_t limit)
{
    memset(self, 0, sizeof *self);
    discarded = 0;
    self->mailbox = vt_mailbox_create(limit, count_wake, self, self, NULL);
    assert_non_null(self->mailbox);
}

static void wakes_once_until_drained(void **state)
{
    (void)state;
    actor self;
    set_up(&self, 10);
    note notes[3] = {make(1), make(2), make(3)};
    for (int i = 0; i < 3; i++) {
        assert_true(vt_mailbox_post(self.mailbox, &notes[i].message));
    }
    assert_int_equal(self.wakes, 1);
    assert_int_equal(vt_mailbox_drain(self.mailbox, VT_FOREVER), 3);
    assert_int_equal(self.numbers[0], 1);
    assert_int_equal(self.numbers[2], 3);
    assert_int_equal(self.nested, 0);
    assert_int_equal(vt_mailbox_drain(self.mailbox, VT_FOREVER), 0);
    assert_true(vt_mailbox_post(self.mailbox, &notes[0].message));
    assert_int_equal(self.wakes, 2);
    vt_mailbox_free(self.mailbox);
    assert_int_equal(discarded, 1);
}

static void a_delivery_may_post(void **state)
{
    (void)state;
    actor self;
    set_up(&self, 1);
    note first = make(1), second = make(2);
    self.repost = &second;
    assert_true(vt_mailbox_post(self.mailbox, &first.message));
    assert_int_equal(vt_mailbox_drain(self.mailbox, VT_FOREVER), 2);
    assert_int_equal(self.numbers[1], 2);
    vt_mailbox_free(self.mailbox);
}

static void budget_handles_one_and_wakes_again(void **state)
{
    (void)state;
    actor self;
    set_up(&self, 10);
    note notes[3] = {make(1), make(2), make(3)};
    for (int i = 0; i < 3; i++) {
        vt_mailbox_post(self.mailbox, &notes[i].message);
    }
    assert_int_equal(vt_mailbox_drain(self.mailbox, 0), 1);
    assert_int_equal(self.wakes, 2);
    assert_int_equal(vt_mailbox_drain(self.mailbox, 0), 1);
    assert_int_equal(self.wakes, 3);
    assert_int_equal(vt_mailbox_drain(self.mailbox, 0), 1);
    assert_int_equal(self.wakes, 3);
    vt_mailbox_free(self.mailbox);
}

static void a_full_mailbox_refuses(void **state)
{
    (void)state;
    actor self;
    set_up(&self, 2);
    note notes[3] = {make(1), make(2), make(3)};
    assert_true(vt_mailbox_post(self.mailbox, &notes[0].message));
    assert_true(vt_mailbox_post(self.mailbox, &notes[1].message));
    assert_false(vt_mailbox_post(self.mailbox, &notes[2].message));
    vt_mailbox_stats stats;
    vt_mailbox_get_stats(self.mailbox, &stats);
    assert_int_equal(stats.waiting, 2);
    assert_int_equal(stats.limit, 2);
    assert_int_equal(stats.refused, 1);
    assert_int_equal(stats.wakes, 1);
    vt_mailbox_drain(self.mailbox, VT_FOREVER);
    assert_true(vt_mailbox_post(self.mailbox, &notes[2].message));
    vt_mailbox_drain(self.mailbox, VT_FOREVER);
    vt_mailbox_get_stats(self.mailbox, &stats);
    assert_int_equal(stats.waiting, 0);
    assert_int_equal(stats.delivered, 3);
    vt_mailbox_free(self.mailbox);

    vt_error error = VT_ERROR_INIT;
    assert_null(vt_mailbox_create(0, NULL, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static void a_closed_mailbox_discards(void **state)
{
    (void)state;
    actor self;
    set_up(&self, 10);
    note notes[2] = {make(1), make(2)};
    assert_true(vt_mailbox_post(self.mailbox, &notes[0].message));
    vt_mailbox_close(self.mailbox);
    assert_false(vt_mailbox_post(self.mailbox, &notes[1].message));
    assert_int_equal(vt_mailbox_drain(self.mailbox, VT_FOREVER), 0);
    assert_int_equal(self.delivered, 0);
    assert_int_equal(discarded, 1);
    vt_mailbox_free(self.mailbox);
    vt_mailbox_free(NULL);
}

enum { PRODUCERS = 3, EACH = 5000 };

typedef struct stress {
    vt_mailbox *mailbox;
    vt_doorbell *bell;
    note *notes;
    unsigned producer;
} stress;

typedef struct receiver {
    unsigned next[PRODUCERS];
    unsigned total;
} receiver;

static void receive(vt_message *message, void *user)
{
    receiver *self = user;
    note *got = (note *)message;
    assert_int_equal(got->number, self->next[got->producer]);
    self->next[got->producer]++;
    self->total++;
}

static const vt_message_ops stress_ops = {.name = "stress", .deliver = receive};

static void *post_many(void *argument)
{
    stress *self = argument;
    for (unsigned i = 0; i < EACH; i++) {
        self->notes[i] = (note){{.ops = &stress_ops}, self->producer, i};
        if (!vt_mailbox_post(self->mailbox, &self->notes[i].message)) {
            return (void *)1;
        }
    }
    return NULL;
}

/* A lost wake-up would leave the receiver asleep with mail in the box: the wait below would time out. */
static void no_wake_up_is_lost(void **state)
{
    (void)state;
    receiver self = {0};
    vt_doorbell *bell = vt_doorbell_create(NULL);
    assert_non_null(bell);
    vt_mailbox *mailbox = vt_mailbox_create((size_t)PRODUCERS * EACH, vt_doorbell_ring, bell, &self, NULL);
    stress producers[PRODUCERS];
    pthread_t threads[PRODUCERS];
    for (unsigned i = 0; i < PRODUCERS; i++) {
        producers[i] = (stress){mailbox, bell, calloc(EACH, sizeof(note)), i};
        assert_int_equal(pthread_create(&threads[i], NULL, post_many, &producers[i]), 0);
    }
    while (self.total < PRODUCERS * EACH) {
        assert_true(vt_doorbell_wait(bell, 20 * VT_NS_PER_S));
        vt_mailbox_drain(mailbox, self.total % 3 == 0 ? 0 : VT_FOREVER);
    }
    for (unsigned i = 0; i < PRODUCERS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
        free(producers[i].notes);
    }
    vt_mailbox_free(mailbox);
    vt_doorbell_free(bell);
}

static void doorbell_rings_are_taken_back(void **state)
{
    (void)state;
    vt_doorbell *bell = vt_doorbell_create(NULL);
    assert_non_null(bell);
    assert_false(vt_doorbell_wait(bell, 0));
    int64_t start = vt_clock_now();
    assert_false(vt_doorbell_wait(bell, 3 * VT_NS_PER_MS));
    assert_true(vt_clock_now() - start >= 3 * VT_NS_PER_MS);
    vt_doorbell_ring(bell);
    vt_doorbell_ring(bell);
    struct pollfd waiting = {.fd = vt_doorbell_fd(bell), .events = POLLIN};
    assert_int_equal(poll(&waiting, 1, 0), 1);
    assert_true(vt_doorbell_wait(bell, VT_FOREVER));
    assert_false(vt_doorbell_wait(bell, 0));
    vt_doorbell_free(bell);
    vt_doorbell_free(NULL);
}

static vt_doorbell *signal_bell;

static void on_signal(int number)
{
    (void)number;
    vt_doorbell_ring(signal_bell);
}

static void a_signal_handler_may_ring(void **state)
{
    (void)state;
    signal_bell = vt_doorbell_create(NULL);
    struct sigaction action = {.sa_handler = on_signal}, before;
    sigaction(SIGUSR1, &action, &before);
    raise(SIGUSR1);
    assert_true(vt_doorbell_wait(signal_bell, 0));
    sigaction(SIGUSR1, &before, NULL);
    vt_doorbell_free(signal_bell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wakes_once_until_drained),           cmocka_unit_test(a_delivery_may_post),
        cmocka_unit_test(budget_handles_one_and_wakes_again), cmocka_unit_test(a_full_mailbox_refuses),
        cmocka_unit_test(a_closed_mailbox_discards),          cmocka_unit_test(no_wake_up_is_lost),
        cmocka_unit_test(doorbell_rings_are_taken_back),      cmocka_unit_test(a_signal_handler_may_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
