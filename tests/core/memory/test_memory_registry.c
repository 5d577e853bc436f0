/* core/memory/registry: who holds what, the order of clean-ups, callbacks that change the registry, threads.
 */
#include "tests/support/check.h"

#include "core/base/str.h"
#include "core/memory/registry.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A resource of ours: how much it holds, and a log of who was asked. */
typedef struct holder {
    vt_registry *registry;
    vt_resource_id id;
    int64_t bytes;
    int64_t keeps; /* cannot give this */
    int64_t asked; /* of the last clean-up */
    char letter;
} holder;

static vt_registry *registry;
static char order[64];

static int64_t held(void *user)
{
    return ((holder *)user)->bytes;
}

static int64_t give_back(void *user, int64_t bytes)
{
    holder *self = user;
    size_t length = strlen(order);
    order[length] = self->letter;
    order[length + 1] = '\0';
    self->asked = bytes;
    int64_t freed = self->bytes - self->keeps < bytes ? self->bytes - self->keeps : bytes;
    self->bytes -= freed;
    return freed;
}

static int setup(void **state)
{
    (void)state;
    order[0] = '\0';
    registry = vt_registry_create(NULL);
    return registry ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    vt_registry_free(registry);
    return 0;
}

static holder hold(char letter, int64_t bytes)
{
    return (holder){.registry = registry, .letter = letter, .bytes = bytes};
}

static void add(holder *self, vt_resource_cost cost, int priority)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    vt_resource resource = {.name = names[self->letter - 'a'],
                            .cost = cost,
                            .priority = priority,
                            .bytes = held,
                            .clean_up = give_back,
                            .user = self};
    if (cost == VT_RESOURCE_FIXED) {
        resource.clean_up = NULL;
    }
    vt_error error = VT_ERROR_INIT;
    self->id = vt_registry_add(registry, &resource, &error);
    if (self->id == 0) {
        fail_msg("%s", error.message);
    }
}

static void the_list_tells_who_holds_what(void **state)
{
    (void)state;
    holder a = hold('a', 10), b = hold('b', 500), c = hold('c', 30);
    add(&a, VT_RESOURCE_CACHE, 0);
    add(&b, VT_RESOURCE_FIXED, 0);
    add(&c, VT_RESOURCE_DISPOSABLE, 3);
    vt_resource_usage list[3];
    assert_int_equal(vt_registry_list(registry, list, 3), 3);
    assert_string_equal(list[0].name, "b");
    assert_string_equal(list[1].name, "c");
    assert_string_equal(list[2].name, "a");
    assert_int_equal(list[1].bytes, 30);
    assert_int_equal(list[1].cost, VT_RESOURCE_DISPOSABLE);
    assert_int_equal(list[1].priority, 3);
    assert_int_equal(vt_registry_bytes(registry), 540);
    /* A short list gets the largest, and still says how many there are. */
    list[1].bytes = -1;
    assert_int_equal(vt_registry_list(registry, list, 1), 3);
    assert_int_equal(list[1].bytes, -1);
    vt_registry_remove(registry, b.id);
    vt_registry_remove(registry, b.id);
    vt_registry_remove(registry, 0);
    assert_int_equal(vt_registry_bytes(registry), 40);
}

static void bytes_can_be_reported(void **state)
{
    (void)state;
    holder a = hold('a', 100);
    vt_resource resource = {.name = "reported", .cost = VT_RESOURCE_CACHE, .clean_up = give_back, .user = &a};
    vt_resource_id id = vt_registry_add(registry, &resource, NULL);
    assert_int_equal(vt_registry_bytes(registry), 0);
    vt_registry_report(registry, id, 100);
    assert_int_equal(vt_registry_bytes(registry), 100);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 30), 30);
    assert_int_equal(vt_registry_bytes(registry), 70);
    /* It reported too little before: never below nothing. */
    vt_registry_report(registry, id, 10);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 50), 50);
    assert_int_equal(vt_registry_bytes(registry), 0);
    vt_registry_remove(registry, id);
    vt_registry_report(registry, id, 5);
    vt_registry_touch(registry, id, 5);
    assert_int_equal(vt_registry_bytes(registry), 0);
}

static void the_cheapest_goes_first(void **state)
{
    (void)state;
    holder a = hold('a', 10), b = hold('b', 10), c = hold('c', 10), d = hold('d', 10), e = hold('e', 10),
           f = hold('f', 10);
    add(&a, VT_RESOURCE_REBUILDABLE, -9);
    add(&b, VT_RESOURCE_CACHE, 5);
    add(&c, VT_RESOURCE_CACHE, 1);
    add(&d, VT_RESOURCE_CACHE, 1);
    add(&e, VT_RESOURCE_DISPOSABLE, 99);
    add(&f, VT_RESOURCE_FIXED, -99);
    vt_registry_touch(registry, c.id, 2000);
    vt_registry_touch(registry, d.id, 1000); /* not used for longer than c */
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_FIXED, INT64_MAX), 50);
    assert_string_equal(order, "edcba");
    assert_true(a.asked == INT64_MAX && e.asked == INT64_MAX);
    assert_int_equal(f.bytes, 10);
}

static void it_ends_when_enough_is_freed(void **state)
{
    (void)state;
    holder a = hold('a', 10), b = hold('b', 10), c = hold('c', 10), d = hold('d', 10), e = hold('e', 0);
    add(&a, VT_RESOURCE_DISPOSABLE, 0);
    add(&b, VT_RESOURCE_CACHE, 0);
    add(&c, VT_RESOURCE_CACHE, 1);
    add(&e, VT_RESOURCE_CACHE, 2); /* c is the last that is needed */
    add(&d, VT_RESOURCE_REBUILDABLE, 0);
    b.keeps = 7;
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 15), 15);
    assert_string_equal(order, "abc");
    assert_int_equal(a.asked, 15);
    assert_int_equal(b.asked, 5);
    assert_int_equal(c.asked, 2);
    /* Nothing dearer than allowed, however much is wanted. */
    order[0] = '\0';
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 1000), 8);
    assert_int_equal(d.bytes, 10);
    assert_string_equal(order, "abce");
    vt_resource_usage list[5];
    vt_registry_list(registry, list, 5);
    assert_string_equal(list[0].name, "d");
    assert_int_equal(list[0].clean_ups, 0);
    assert_string_equal(list[1].name, "b");
    assert_int_equal(list[1].clean_ups, 2);
    assert_int_equal(list[1].freed, 3);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 0), 0);
}

static int64_t remove_myself(void *user, int64_t bytes)
{
    holder *self = user;
    give_back(user, bytes);
    vt_registry_remove(self->registry, self->id);
    /* Gone for everybody at once, though this callback is still running. */
    assert_int_equal(vt_registry_bytes(self->registry), 0);
    self->registry = NULL;
    return 10;
}

static void a_clean_up_may_remove_its_own_resource(void **state)
{
    (void)state;
    holder *self = malloc(sizeof *self);
    *self = hold('a', 10);
    vt_resource resource = {
        .name = "leaves", .cost = VT_RESOURCE_CACHE, .bytes = held, .clean_up = remove_myself, .user = self};
    self->id = vt_registry_add(registry, &resource, NULL);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, INT64_MAX), 10);
    assert_null(self->registry);
    free(self);
    vt_resource_usage list[1];
    assert_int_equal(vt_registry_list(registry, list, 1), 0);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, INT64_MAX), 0);
}

static holder *victim;

static int64_t remove_another(void *user, int64_t bytes)
{
    vt_registry_remove(registry, victim->id);
    victim = NULL;
    return give_back(user, bytes);
}

static int64_t held_asking_back(void *user)
{
    /* Asked from inside: what it said last, and no waiting for itself. */
    return vt_registry_bytes(registry) == 0 ? ((holder *)user)->bytes : -1;
}

static int64_t held_by_nobody(void *user)
{
    holder *self = user;
    vt_registry_remove(registry, self->id);
    return self->bytes;
}

static void whoever_leaves_while_asked_is_not_listed(void **state)
{
    (void)state;
    holder a = hold('a', 10);
    vt_resource resource = {.name = "leaves",
                            .cost = VT_RESOURCE_CACHE,
                            .bytes = held_by_nobody,
                            .clean_up = give_back,
                            .user = &a};
    a.id = vt_registry_add(registry, &resource, NULL);
    vt_resource_usage list[1];
    assert_int_equal(vt_registry_list(registry, list, 1), 0);
}

static void a_callback_may_use_the_registry(void **state)
{
    (void)state;
    holder a = hold('a', 10), b = hold('b', 10);
    vt_resource resource = {
        .name = "removes", .cost = VT_RESOURCE_DISPOSABLE, .clean_up = remove_another, .user = &a};
    a.id = vt_registry_add(registry, &resource, NULL);
    add(&b, VT_RESOURCE_CACHE, 0);
    victim = &b;
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, INT64_MAX), 10);
    assert_string_equal(order, "a"); /* b was next, and is not called any more */
    vt_registry_remove(registry, a.id);
    vt_resource asks = {.name = "asks",
                        .cost = VT_RESOURCE_CACHE,
                        .bytes = held_asking_back,
                        .clean_up = give_back,
                        .user = &a};
    a.bytes = 77;
    vt_registry_add(registry, &asks, NULL);
    assert_int_equal(vt_registry_bytes(registry), 77);
}

static int64_t lie(void *user, int64_t bytes)
{
    (void)user;
    (void)bytes;
    return -100;
}

static void a_clean_up_that_lies_harms_nobody(void **state)
{
    (void)state;
    holder b = hold('b', 10);
    vt_resource resource = {.name = "lies", .cost = VT_RESOURCE_DISPOSABLE, .clean_up = lie};
    assert_true(vt_registry_add(registry, &resource, NULL) != 0);
    add(&b, VT_RESOURCE_CACHE, 0);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 10), 10);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_resource nameless = {.cost = VT_RESOURCE_CACHE, .bytes = held, .clean_up = give_back};
    assert_int_equal(vt_registry_add(registry, &nameless, &error), 0);
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_resource unknown = {.name = "x", .cost = VT_RESOURCE_COST_COUNT, .bytes = held, .clean_up = give_back};
    assert_int_equal(vt_registry_add(registry, &unknown, &error), 0);
    vt_resource useless = {.name = "x", .cost = VT_RESOURCE_CACHE, .bytes = held};
    assert_int_equal(vt_registry_add(registry, &useless, &error), 0);
    vt_resource contradicts = {.name = "x", .cost = VT_RESOURCE_FIXED, .bytes = held, .clean_up = give_back};
    assert_int_equal(vt_registry_add(registry, &contradicts, &error), 0);
    assert_int_equal(error.code, VT_ERROR_USAGE);

    vt_resource fine = {.name = "many", .cost = VT_RESOURCE_FIXED};
    vt_resource_id first = vt_registry_add(registry, &fine, &error), last = first;
    for (int i = 1; i < VT_REGISTRY_RESOURCES_MAX; i++) {
        last = vt_registry_add(registry, &fine, &error);
        assert_true(last != 0);
    }
    assert_int_equal(vt_registry_add(registry, &fine, &error), 0);
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_registry_remove(registry, first);
    /* The place is used again, the number is not. */
    assert_true(vt_registry_add(registry, &fine, &error) > last);
}

static void the_list_can_be_json(void **state)
{
    (void)state;
    holder a = hold('a', 10), b = hold('b', 5);
    add(&a, VT_RESOURCE_CACHE, 0);
    add(&b, VT_RESOURCE_FIXED, 0);
    vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 3);
    vt_str text = VT_STR_INIT;
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_COMPACT);
    vt_registry_write_json(registry, &json);
    assert_true(vt_json_end(&json, NULL));
    assert_string_equal(text.data,
                        "[{\"name\":\"a\",\"cost\":\"cache\",\"bytes\":7,\"clean_ups\":1,\"freed_bytes\":3},"
                        "{\"name\":\"b\",\"cost\":\"fixed\",\"bytes\":5,\"clean_ups\":0,\"freed_bytes\":0}]");
    vt_str_free(&text);
    assert_string_equal(vt_resource_cost_name((vt_resource_cost)9), "unknown");
}

/* A callback that is running when its resource is removed from elsewhere. */
typedef struct slow {
    atomic_bool inside, over, let_go;
} slow;

static int64_t slow_clean_up(void *user, int64_t bytes)
{
    (void)bytes;
    slow *self = user;
    atomic_store(&self->inside, true);
    while (!atomic_load(&self->let_go)) {
        usleep(1000);
    }
    usleep(20000);
    atomic_store(&self->over, true);
    return 1;
}

static void *clean_up_all(void *argument)
{
    (void)argument;
    vt_registry_clean_up(registry, VT_RESOURCE_CACHE, INT64_MAX);
    return NULL;
}

static void a_removal_waits_for_a_running_callback(void **state)
{
    (void)state;
    slow self = {0};
    vt_resource resource = {
        .name = "slow", .cost = VT_RESOURCE_CACHE, .clean_up = slow_clean_up, .user = &self};
    vt_resource_id id = vt_registry_add(registry, &resource, NULL);
    vt_registry_report(registry, id, 9);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, clean_up_all, NULL), 0);
    while (!atomic_load(&self.inside)) {
        usleep(1000);
    }
    /* Others go on meanwhile: the lock is not held, and nobody enters the same callback. */
    assert_int_equal(vt_registry_bytes(registry), 9);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, INT64_MAX), 0);
    atomic_store(&self.let_go, true);
    vt_registry_remove(registry, id);
    assert_true(atomic_load(&self.over));
    pthread_join(thread, NULL);
}

static void *come_and_go(void *argument)
{
    (void)argument;
    for (int i = 0; i < 300; i++) {
        holder *self = malloc(sizeof *self);
        *self = (holder){.bytes = 10, .keeps = 10};
        vt_resource resource = {
            .name = "comes and goes", .cost = VT_RESOURCE_FIXED, .bytes = held, .user = self};
        vt_resource_id id = vt_registry_add(registry, &resource, NULL);
        vt_registry_touch(registry, id, i);
        vt_registry_bytes(registry);
        vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 1);
        vt_registry_remove(registry, id);
        free(self); /* a callback that still ran would use it */
    }
    return NULL;
}

static void threads_share_a_registry(void **state)
{
    (void)state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, come_and_go, NULL), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(vt_registry_list(registry, NULL, 0), 0);
}

static void one_is_asked_alone(void **state)
{
    (void)state;
    holder a = hold('a', 100), b = hold('b', 200), fixed = hold('c', 300);
    add(&a, VT_RESOURCE_CACHE, 0);
    add(&b, VT_RESOURCE_CACHE, 0);
    add(&fixed, VT_RESOURCE_FIXED, 0);
    assert_int_equal(vt_registry_clean_up_one(registry, b.id), 200);
    assert_string_equal(order, "b");
    assert_int_equal(vt_registry_clean_up_one(registry, fixed.id), 0);
    assert_int_equal(vt_registry_clean_up_one(registry, 999), 0);
    assert_int_equal(vt_registry_clean_up_one(registry, 0), 0);
    assert_string_equal(order, "b");
    vt_registry_remove(registry, a.id);
    assert_int_equal(vt_registry_clean_up_one(registry, a.id), 0);
}

static int64_t room;

static void take_room(void *user, int64_t bytes)
{
    room = bytes;
    size_t length = strlen(order);
    order[length] = ((holder *)user)->letter;
    order[length + 1] = '\0';
}

static void add_with_quota(holder *self, vt_quota quota)
{
    const vt_resource resource = {.name = "limited",
                                  .cost = VT_RESOURCE_CACHE,
                                  .bytes = held,
                                  .clean_up = give_back,
                                  .quota = quota,
                                  .set_quota = take_room,
                                  .user = self};
    self->id = vt_registry_add(registry, &resource, NULL);
    assert_true(self->id != 0);
}

static void quotas_reach_those_they_are_for(void **state)
{
    (void)state;
    holder pictures = hold('a', 10), panes = hold('b', 20), other = hold('c', 30), late = hold('d', 0);
    add_with_quota(&pictures, VT_QUOTA_PICTURES);
    add_with_quota(&panes, VT_QUOTA_PANES);
    add(&other, VT_RESOURCE_CACHE, 0);
    assert_string_equal(order, ""); /* nothing was set: each keeps its own limit */
    vt_registry_set_quota(registry, VT_QUOTA_PICTURES, 700);
    assert_string_equal(order, "a");
    assert_int_equal(room, 700);
    add_with_quota(&late, VT_QUOTA_PICTURES); /* learns of it at once */
    assert_string_equal(order, "ad");
    vt_registry_set_quota(registry, VT_QUOTA_PICTURES, 800);
    assert_string_equal(order, "adad");
    vt_registry_set_quota(registry, VT_QUOTA_NONE, 5);
    vt_registry_set_quota(registry, VT_QUOTA_COUNT, 5);
    vt_registry_set_quota(registry, VT_QUOTA_PANES, 0);
    assert_string_equal(order, "adad");
    vt_resource_usage list[VT_REGISTRY_RESOURCES_MAX];
    assert_int_equal(vt_registry_list(registry, list, VT_REGISTRY_RESOURCES_MAX), 4);
    for (int i = 0; i < 4; i++) {
        bool is_limited = list[i].id == pictures.id || list[i].id == late.id;
        assert_int_equal(list[i].most, is_limited ? 800 : 0);
        assert_int_equal(list[i].quota, is_limited               ? VT_QUOTA_PICTURES
                                        : list[i].id == panes.id ? VT_QUOTA_PANES
                                                                 : VT_QUOTA_NONE);
    }
    vt_registry_remove(registry, pictures.id);
    vt_registry_set_quota(registry, VT_QUOTA_PICTURES, 900);
    assert_string_equal(order, "adadd");
    const vt_resource halves[] = {
        {.name = "x", .cost = VT_RESOURCE_FIXED, .quota = VT_QUOTA_PANES},
        {.name = "x", .cost = VT_RESOURCE_FIXED, .set_quota = take_room},
        {.name = "x", .cost = VT_RESOURCE_FIXED, .quota = VT_QUOTA_COUNT, .set_quota = take_room}};
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_int_equal(vt_registry_add(registry, &halves[i], &error), 0);
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
}

static void *set_quota_elsewhere(void *unused)
{
    vt_registry_set_quota(registry, VT_QUOTA_PICTURES, 1234);
    return unused;
}

static atomic_bool quota_came;

static int64_t clean_up_while_quota_waits(void *user, int64_t bytes)
{
    (void)user;
    (void)bytes;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, set_quota_elsewhere, NULL), 0);
    usleep(50000);
    assert_false(atomic_load(&quota_came)); /* one callback of a resource at a time */
    pthread_detach(thread);
    return 1;
}

static void note_quota(void *user, int64_t bytes)
{
    (void)user;
    atomic_store(&quota_came, bytes == 1234);
}

static void a_quota_waits_for_a_clean_up(void **state)
{
    (void)state;
    const vt_resource resource = {.name = "busy",
                                  .cost = VT_RESOURCE_CACHE,
                                  .clean_up = clean_up_while_quota_waits,
                                  .quota = VT_QUOTA_PICTURES,
                                  .set_quota = note_quota};
    atomic_store(&quota_came, false);
    assert_true(vt_registry_add(registry, &resource, NULL) != 0);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 1), 1);
    for (int i = 0; i < 5000 && !atomic_load(&quota_came); i++) {
        usleep(1000);
    }
    assert_true(atomic_load(&quota_came));
    vt_registry_set_quota(registry, VT_QUOTA_PANES,
                          1); /* and the other thread is through with the registry */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_is_asked_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(the_list_tells_who_holds_what, setup, teardown),
        cmocka_unit_test_setup_teardown(bytes_can_be_reported, setup, teardown),
        cmocka_unit_test_setup_teardown(the_cheapest_goes_first, setup, teardown),
        cmocka_unit_test_setup_teardown(it_ends_when_enough_is_freed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_clean_up_may_remove_its_own_resource, setup, teardown),
        cmocka_unit_test_setup_teardown(whoever_leaves_while_asked_is_not_listed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_callback_may_use_the_registry, setup, teardown),
        cmocka_unit_test_setup_teardown(a_clean_up_that_lies_harms_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(what_makes_no_sense_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(the_list_can_be_json, setup, teardown),
        cmocka_unit_test_setup_teardown(a_removal_waits_for_a_running_callback, setup, teardown),
        cmocka_unit_test_setup_teardown(threads_share_a_registry, setup, teardown),
        cmocka_unit_test_setup_teardown(quotas_reach_those_they_are_for, setup, teardown),
        cmocka_unit_test_setup_teardown(a_quota_waits_for_a_clean_up, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
