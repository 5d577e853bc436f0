/*
 * The same work in C (calls.c) and in C++ (peer.cpp, compiled for this benchmark alone): each kind of call
 * `count` times.
 */
#ifndef VT_TESTS_BENCH_BINDING_CALLS_H
#define VT_TESTS_BENCH_BINDING_CALLS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bench_objects {
    void *timer;  /* QTimer */
    void *widget; /* QWidget */
    void *slider; /* QSlider */
    void *region; /* QRegion */
} bench_objects;

/* Returns a sum that depends on all calls, so that none can be left out. */
typedef long (*bench_run)(bench_objects *objects, long count);

enum { BENCH_WORKS = 6 };

/* Exported by both sides: exported call, exported call that returns a class, virtual call, call with a text,
   queued dispatch, signal to a callback. */
void bench_runs(bench_run runs[BENCH_WORKS]);

#ifdef __cplusplus
}
#endif

#endif
