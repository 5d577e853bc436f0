/* What the window does with sequences: split the current one, join the files beside the current one. */
#ifndef VT_UI_WINDOW_SEQUENCES_H
#define VT_UI_WINDOW_SEQUENCES_H

struct vt_window;

/* Each says in the status line what is wrong, if something is; afterwards the folder is imported again. */
void vt_window_split_sequence(struct vt_window *window);
void vt_window_join_sequence(struct vt_window *window);

#endif
