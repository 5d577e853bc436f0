/* What this process holds of the system: to be counted before and after. Linux's /proc. */
#ifndef VT_TESTS_FAULTS_HOLDINGS_H
#define VT_TESTS_FAULTS_HOLDINGS_H

#include <sys/types.h>

typedef struct holdings {
    int descriptors, threads, children;
} holdings;

/* Children of all threads, also such as have ended and nobody has waited for. */
holdings holdings_count(void);

/* Of each kind the lesser. Threads and helpers come and go; what leaks is there at the quietest moment, too.
 */
holdings holdings_least(holdings a, holdings b);

/* Resident memory of a process in MiB, now; 0 if it is gone. */
double holdings_memory(pid_t pid);

/* The most that it ever was. */
double holdings_memory_peak(pid_t pid);

/* Seconds for which a process could have run, but others had the processors; 0 if that is not known. */
double holdings_starved(pid_t pid);

#endif
