/*
 * A disk whose power fails: an sqlite3_vfs between SQLite and the system that remembers what was written but
 * not yet synced, and can write down what a disk might hold if the power failed now.
 *
 * The model, that of SQLite's own crash tests: what was synced is there. Of what was written to a file since
 * its last sync each sector of 512 bytes is there or not, in any order; in one sector the written bytes may
 * be garbage. A file that was truncated or deleted without a sync of it may be as before. Shared memory
 * (-shm) is gone.
 *
 * One thread. The files are written for real, too, so that programs go on.
 */
#ifndef VT_TESTS_FAULTS_POWER_VFS_H
#define VT_TESTS_FAULTS_POWER_VFS_H

#include <stdint.h>

/* Makes it SQLite's default. Ends the program if it cannot. */
void power_install(void);

/* Calls since the start that write, sync, truncate or delete: the moments at which power can fail. */
int64_t power_moments(void);

/* At moment `at` writes what the disk holds to files of the same names in `folder`, which must exist; older
   ones there are replaced. 0: never. */
void power_fails_at(int64_t at, const char *folder);

/* Forgets all files. None may be open. */
void power_forget(void);

#endif
