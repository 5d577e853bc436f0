/*
 * What handing work from one thread to another costs: the lock-free queue beside a queue under a mutex, the
 * mailbox, and tasks through the executors. One line per figure: name, value, unit, bar ("-": none, it is
 * there to be compared). Times are processor time of all threads per item, so that other load on the machine
 * counts little. Exit code 1 if a bar is missed.
 */
#include "core/base/clock.h"
#include "core/queue/mailbox.h"
#include "core/queue/priority_queue.h"
#include "core/task/executor_inline.h"
#include "core/task/executor_threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ITEMS = 1000000, PRODUCERS = 2, TASKS = 200000, ROUNDS = 5 };

/* The peer: the same list, one mutex around it. */
typedef struct mutex_queue {
    pthread_mutex_t lock;
    vt_mpsc_node *first, **end;
} mutex_queue;

static void mutex_push(mutex_queue *queue, vt_mpsc_node *node)
{
    node->next = NULL;
    pthread_mutex_lock(&queue->lock);
    *queue->end = node;
    queue->end = &node->next;
    pthread_mutex_unlock(&queue->lock);
}

static vt_mpsc_node *mutex_pop(mutex_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    vt_mpsc_node *node = queue->first;
    if (node) {
        queue->first = node->next;
        if (!queue->first) {
            queue->end = &queue->first;
        }
    }
    pthread_mutex_unlock(&queue->lock);
    return node;
}

/* Either of the two, behind the same calls: the cost of the branch is in both. */
typedef struct any_queue {
    bool lock_free;
    vt_mpsc_queue mpsc;
    mutex_queue mutex;
} any_queue;

static void push(any_queue *queue, vt_mpsc_node *node)
{
    if (queue->lock_free) {
        vt_mpsc_push(&queue->mpsc, node);
    } else {
        mutex_push(&queue->mutex, node);
    }
}

static vt_mpsc_node *pop(any_queue *queue)
{
    return queue->lock_free ? vt_mpsc_pop(&queue->mpsc) : mutex_pop(&queue->mutex);
}

static int64_t process_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * VT_NS_PER_S + now.tv_nsec;
}

typedef struct producer {
    any_queue *queue;
    vt_mpsc_node *nodes;
    size_t count;
} producer;

static void *produce(void *argument)
{
    producer *self = argument;
    for (size_t i = 0; i < self->count; i++) {
        push(self->queue, &self->nodes[i]);
    }
    return NULL;
}

/* Nanoseconds of processor time per item from `producers` threads to this one; -1 if a thread is lacking. */
static double hand_over(bool lock_free, unsigned producers, vt_mpsc_node *nodes)
{
    any_queue queue = {.lock_free = lock_free, .mutex = {.lock = PTHREAD_MUTEX_INITIALIZER}};
    vt_mpsc_init(&queue.mpsc);
    queue.mutex.end = &queue.mutex.first;
    producer parts[PRODUCERS];
    pthread_t threads[PRODUCERS];
    size_t each = ITEMS / producers, received = 0;
    int64_t start = process_cpu();
    for (unsigned i = 0; i < producers; i++) {
        parts[i] = (producer){&queue, nodes + i * each, each};
        if (pthread_create(&threads[i], NULL, produce, &parts[i]) != 0) {
            return -1;
        }
    }
    while (received < each * producers) {
        if (pop(&queue)) {
            received++;
        } else {
            sched_yield();
        }
    }
    for (unsigned i = 0; i < producers; i++) {
        pthread_join(threads[i], NULL);
    }
    return (double)(process_cpu() - start) / (double)received;
}

/* One thread only: pushes a batch, then takes it, as a worker's burst meets a drain. */
static double alone(bool lock_free, vt_mpsc_node *nodes)
{
    enum { BATCH = 64 };
    any_queue queue = {.lock_free = lock_free, .mutex = {.lock = PTHREAD_MUTEX_INITIALIZER}};
    vt_mpsc_init(&queue.mpsc);
    queue.mutex.end = &queue.mutex.first;
    int64_t start = process_cpu();
    for (size_t at = 0; at + BATCH <= ITEMS; at += BATCH) {
        for (size_t i = 0; i < BATCH; i++) {
            push(&queue, &nodes[at + i]);
        }
        while (pop(&queue)) {
        }
    }
    return (double)(process_cpu() - start) / ITEMS;
}

static void deliver(vt_message *message, void *actor)
{
    (void)message;
    (*(size_t *)actor)++;
}

static const vt_message_ops message_ops = {.name = "bench", .deliver = deliver};

static double through_mailbox(vt_message *messages)
{
    size_t delivered = 0;
    vt_mailbox *mailbox = vt_mailbox_create(64, NULL, NULL, &delivered, NULL);
    if (!mailbox) {
        return -1;
    }
    int64_t start = process_cpu();
    for (size_t i = 0; i < ITEMS; i++) {
        messages[i].ops = &message_ops;
        if (!vt_mailbox_post(mailbox, &messages[i])) {
            vt_mailbox_drain(mailbox, VT_FOREVER);
            vt_mailbox_post(mailbox, &messages[i]);
        }
    }
    vt_mailbox_drain(mailbox, VT_FOREVER);
    double cost = (double)(process_cpu() - start) / ITEMS;
    vt_mailbox_free(mailbox);
    return delivered == ITEMS ? cost : -1;
}

static bool nothing(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)user;
    (void)error;
    return true;
}

static const vt_task_ops task_ops = {.name = "nothing", .run = nothing};

/* Microseconds per empty task: created, submitted, run, ended, freed. Frees the executor. */
static double dispatch(vt_executor *executor)
{
    int64_t start = process_cpu();
    for (int i = 0; executor && i < TASKS; i++) {
        vt_task *task = vt_task_create(&task_ops, NULL, NULL);
        while (!vt_executor_submit(executor, task, VT_PRIORITY_NORMAL, NULL)) {
            sched_yield();
        }
        vt_task_unref(task);
    }
    if (executor) {
        vt_executor_wait_idle(executor, VT_FOREVER);
    }
    double cost = (double)(process_cpu() - start) / TASKS / 1000;
    vt_executor_free(executor);
    return executor ? cost : -1;
}

static int missed;

/* `at_least`: the bar, 0 for none. */
static void print(const char *name, double value, const char *unit, double at_least)
{
    if (at_least > 0) {
        printf("%s %.2f %s >=%.2f\n", name, value, unit, at_least);
        missed += value < at_least;
    } else {
        printf("%s %.2f %s -\n", name, value, unit);
    }
}

/* The smaller of two figures, of which the first may not be there yet. */
static double best(double so_far, double value)
{
    return so_far == 0 || value < so_far ? value : so_far;
}

int main(void)
{
    vt_mpsc_node *nodes = calloc(ITEMS, sizeof *nodes);
    vt_message *messages = calloc(ITEMS, sizeof *messages);
    if (!nodes || !messages) {
        fputs("bench_queue: out of memory\n", stderr);
        free(nodes);
        free(messages);
        return 2;
    }
    double figures[6] = {0};
    /* The peers take turns, and each keeps its best round. */
    for (int round = 0; round < ROUNDS; round++) {
        figures[0] = best(figures[0], alone(true, nodes));
        figures[1] = best(figures[1], alone(false, nodes));
        figures[2] = best(figures[2], hand_over(true, PRODUCERS, nodes));
        figures[3] = best(figures[3], hand_over(false, PRODUCERS, nodes));
        figures[4] = best(figures[4], through_mailbox(messages));
        figures[5] = best(figures[5], dispatch(vt_executor_threads_create(1, 1000, NULL)));
    }
    print("queue_mpsc_alone", figures[0], "ns", 0);
    print("queue_mutex_alone", figures[1], "ns", 0);
    print("queue_mpsc_vs_mutex_alone", figures[1] / figures[0], "x", 1);
    print("queue_mpsc_producers", figures[2], "ns", 0);
    print("queue_mutex_producers", figures[3], "ns", 0);
    print("queue_mpsc_vs_mutex_producers", figures[3] / figures[2], "x", 1);
    print("queue_mailbox", figures[4], "ns", 0);
    print("executor_threads_dispatch", figures[5], "us", 0);
    print("executor_inline_dispatch", dispatch(vt_executor_inline_create(NULL)), "us", 0);
    free(nodes);
    free(messages);
    return missed > 0;
}
