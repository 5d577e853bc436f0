/* Private to the table of commands: what each row runs, and what tells whether it is on. UI thread only. */
#ifndef VT_UI_WINDOW_COMMAND_FUNCTIONS_H
#define VT_UI_WINDOW_COMMAND_FUNCTIONS_H

#include <stdbool.h>

struct vt_window;

/* command_intake.c */
void vt_command_add_folder(struct vt_window *window);

/* command_activity.c */
void vt_command_activity(struct vt_window *window);
bool vt_command_has_activity(struct vt_window *window);
void vt_command_show_failures(struct vt_window *window);

/* command_sidecars.c */
void vt_command_show_sidecars(struct vt_window *window);
void vt_command_write_sidecars(struct vt_window *window);
void vt_command_read_sidecars(struct vt_window *window);

/* command_sidebar.c */
void vt_command_save_filter(struct vt_window *window);
void vt_command_forget_filter(struct vt_window *window);

/* command_albums.c */
void vt_command_new_album(struct vt_window *window);
void vt_command_add_to_album(struct vt_window *window);
void vt_command_remove_from_album(struct vt_window *window);
void vt_command_rename_album(struct vt_window *window);
void vt_command_delete_album(struct vt_window *window);

/* command_file.c */
void vt_command_add_files(struct vt_window *window);
void vt_command_show_missing(struct vt_window *window);
void vt_command_relink(struct vt_window *window);
void vt_command_cancel_imports(struct vt_window *window);
void vt_command_roots(struct vt_window *window);
void vt_command_look_again(struct vt_window *window);
void vt_command_settings(struct vt_window *window);
void vt_command_quit(struct vt_window *window);

/* command_item.c */
void vt_command_open(struct vt_window *window);
void vt_command_select_all(struct vt_window *window);
void vt_command_select_inverse(struct vt_window *window);
void vt_command_select_none(struct vt_window *window);
void vt_command_find(struct vt_window *window);

/* command_edit.c */
void vt_command_undo(struct vt_window *window);
void vt_command_redo(struct vt_window *window);
void vt_command_rate_0(struct vt_window *window);
void vt_command_rate_1(struct vt_window *window);
void vt_command_rate_2(struct vt_window *window);
void vt_command_rate_3(struct vt_window *window);
void vt_command_rate_4(struct vt_window *window);
void vt_command_rate_5(struct vt_window *window);
void vt_command_label_none(struct vt_window *window);
void vt_command_label_red(struct vt_window *window);
void vt_command_label_yellow(struct vt_window *window);
void vt_command_label_green(struct vt_window *window);
void vt_command_label_blue(struct vt_window *window);
void vt_command_label_purple(struct vt_window *window);
void vt_command_tags(struct vt_window *window);
void vt_command_info(struct vt_window *window);
bool vt_command_has_info(struct vt_window *window);

/* command_view.c */
void vt_command_browse(struct vt_window *window);
bool vt_command_is_browse(struct vt_window *window);
void vt_command_table(struct vt_window *window);
bool vt_command_is_table(struct vt_window *window);
void vt_command_columns(struct vt_window *window);
void vt_command_edit_cell(struct vt_window *window);
void vt_command_copy_csv(struct vt_window *window);
void vt_command_larger(struct vt_window *window);
void vt_command_smaller(struct vt_window *window);
void vt_command_folders(struct vt_window *window);
bool vt_command_has_folders(struct vt_window *window);
void vt_command_full_screen(struct vt_window *window);
void vt_command_theme_system(struct vt_window *window);
bool vt_command_is_theme_system(struct vt_window *window);
void vt_command_theme_light(struct vt_window *window);
bool vt_command_is_theme_light(struct vt_window *window);
void vt_command_theme_dark(struct vt_window *window);
bool vt_command_is_theme_dark(struct vt_window *window);
void vt_command_theme_contrast(struct vt_window *window);
bool vt_command_is_theme_contrast(struct vt_window *window);
/* The desktop has changed between light and dark. */
void vt_command_theme_follow(struct vt_window *window);

/* command_files.c */
void vt_command_open_with(struct vt_window *window);
void vt_command_show_folder(struct vt_window *window);
void vt_command_copy_files(struct vt_window *window);
void vt_command_copy_path(struct vt_window *window);
void vt_command_export(struct vt_window *window);
void vt_command_rename(struct vt_window *window);
void vt_command_trash(struct vt_window *window);
void vt_command_delete(struct vt_window *window);

/* command_duplicates.c */
void vt_command_find_duplicates(struct vt_window *window);
void vt_command_pause_duplicates(struct vt_window *window);
bool vt_command_is_paused(struct vt_window *window);
void vt_command_stop_duplicates(struct vt_window *window);
void vt_command_select_duplicates(struct vt_window *window);
void vt_command_keep_this(struct vt_window *window);
void vt_command_give_kept(struct vt_window *window);

/* command_groups.c */
void vt_command_next_group(struct vt_window *window);
void vt_command_previous_group(struct vt_window *window);
void vt_command_collapse(struct vt_window *window);
void vt_command_collapse_all(struct vt_window *window);
void vt_command_expand_all(struct vt_window *window);

/* command_viewer.c */
void vt_window_compare(struct vt_window *window);
void vt_command_view(struct vt_window *window);

/* command_performance.c */
void vt_command_performance(struct vt_window *window);
bool vt_command_has_performance(struct vt_window *window);

/* command_help.c */
void vt_command_manual(struct vt_window *window);
void vt_command_palette(struct vt_window *window);
void vt_command_shortcuts(struct vt_window *window);
void vt_command_about(struct vt_window *window);

/* command_stacks.c */
void vt_command_stack(struct vt_window *window);
void vt_command_turn_stack(struct vt_window *window);
void vt_command_stack_cover(struct vt_window *window);
void vt_command_take_out(struct vt_window *window);
void vt_command_unstack(struct vt_window *window);
void vt_command_open_stacks(struct vt_window *window);
void vt_command_close_stacks(struct vt_window *window);

/* command_panes.c */
void vt_command_workspace(struct vt_window *window);
bool vt_command_is_workspace(struct vt_window *window);
bool vt_command_is_pane_maximised(struct vt_window *window);
bool vt_command_has_pane_window(struct vt_window *window);
void vt_command_split_right(struct vt_window *window);
void vt_command_split_below(struct vt_window *window);
void vt_command_split_left(struct vt_window *window);
void vt_command_split_above(struct vt_window *window);
void vt_command_pane_choose(struct vt_window *window);
void vt_command_pane_maximise(struct vt_window *window);
void vt_command_pane_window(struct vt_window *window);
void vt_command_pane_close(struct vt_window *window);
void vt_command_focus_left(struct vt_window *window);
void vt_command_focus_right(struct vt_window *window);
void vt_command_focus_up(struct vt_window *window);
void vt_command_focus_down(struct vt_window *window);
void vt_command_move_left(struct vt_window *window);
void vt_command_move_right(struct vt_window *window);
void vt_command_move_up(struct vt_window *window);
void vt_command_move_down(struct vt_window *window);
void vt_command_swap_next(struct vt_window *window);
void vt_command_swap_previous(struct vt_window *window);
void vt_command_wider(struct vt_window *window);
void vt_command_narrower(struct vt_window *window);
void vt_command_higher(struct vt_window *window);
void vt_command_lower(struct vt_window *window);
void vt_command_even_out(struct vt_window *window);

/* command_workspaces.c */
void vt_command_workspace_new(struct vt_window *window);
void vt_command_workspace_duplicate(struct vt_window *window);
void vt_command_workspace_rename(struct vt_window *window);
void vt_command_workspace_save(struct vt_window *window);
void vt_command_workspace_delete(struct vt_window *window);

#endif
