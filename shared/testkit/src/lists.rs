//! The lists of checks, each of which becomes a test of the lesson that names it. One that a system cannot run
//! is shown there as ignored, with the reason.

/// Makes tests of checks: `checks!(PROGRAM: right::nothing_sums_to_nothing, ...)`.
#[macro_export]
macro_rules! checks {
    ($program:expr; $($(#[$condition:meta])* $module:ident::$check:ident),+ $(,)?) => {
        $(
            $(#[$condition])*
            #[test]
            fn $check() {
                $crate::$module::$check(&$program);
            }
        )+
    };
}

/// How any program ends, whatever it does: what an option, a signal and its output may do to it.
#[macro_export]
macro_rules! ends {
    ($program:expr) => {
        $crate::checks! {
            $program;
            bad_options::an_unknown_option_is_refused,
            help::the_help_begins_with_the_question,
            layout::the_output_fits_80_columns_and_has_no_colours_in_a_pipe,
            #[cfg_attr(not(target_os = "linux"), ignore = "needs /dev/full, which only Linux has")]
            output::a_full_disk_is_an_error,
            output::a_closed_pipe_ends_quietly,
            #[cfg_attr(not(unix), ignore = "needs signals, which only Unix has")]
            endings::an_interrupt_ends_the_program_by_that_signal,
        }
    };
}

/// What may differ from one table of strategies to the next: a dozen short runs.
#[macro_export]
macro_rules! smoke {
    ($program:expr) => {
        $crate::ends!($program);
        $crate::checks! {
            $program;
            bad_options::an_unknown_row_is_refused_with_one_that_is_there,
            right::every_row_is_right_and_complete,
            limits::a_sum_that_does_not_fit_is_refused_before_any_work,
            help::the_list_has_the_kernels_and_your_turn,
            layout::the_table_fits_80_columns_and_ends_with_your_turn,
            guess::a_guess_is_compared_with_the_run,
            hand_in::the_run_and_the_learners_file_are_handed_in,
        }
    };
}

/// Everything that a program promises. What is the same for all lessons is tested with one of them.
#[macro_export]
macro_rules! contract {
    ($program:expr) => {
        $crate::smoke!($program);
        $crate::checks! {
            $program;
            bad_options::bad_options_say_what_was_given_what_is_allowed_and_an_example,
            bad_options::more_than_the_most_workers_are_refused_by_name,
            bad_options::rows_of_other_kernels_are_refused_with_the_right_one,
            right::nothing_sums_to_nothing,
            right::a_check_times_nothing,
            document::the_document_has_every_field_of_schema_2,
            document::without_a_baseline_there_are_no_speedups,
            help::help_shows_five_options_and_more,
            layout::many_workers_fit_80_columns,
            layout::colours_can_be_asked_for,
            layout::variables_that_libraries_read_change_nothing,
            limits::more_terms_than_a_number_can_hold_are_refused,
            #[cfg_attr(not(target_os = "linux"), ignore = "needs a limit of memory, which only Linux keeps")]
            limits::more_memory_than_there_is_is_refused_before_allocating,
            #[cfg_attr(not(unix), ignore = "needs a shell that starts programs without an output")]
            output::an_output_that_cannot_be_written_is_an_error,
            endings::a_run_that_takes_too_long_is_ended,
            #[cfg_attr(not(unix), ignore = "needs signals, which only Unix has")]
            endings::other_signals_end_the_program_by_that_signal,
            #[cfg_attr(not(target_os = "linux"), ignore = "needs an `env` that lets signals be ignored")]
            endings::an_ignored_signal_stays_ignored,
            #[cfg_attr(not(windows), ignore = "needs a console, which only Windows has")]
            endings::ctrl_break_ends_the_program_the_first_time,
            trace::a_trace_shows_what_the_audit_says,
            trace::the_table_says_where_the_trace_is,
            #[cfg_attr(not(unix), ignore = "needs signals, which only Unix has")]
            trace::an_interrupted_run_leaves_the_file_of_its_trace_alone,
            trace::a_trace_that_cannot_be_created_is_an_error_before_anything_is_measured,
            #[cfg_attr(not(unix), ignore = "needs named pipes among files")]
            trace::a_trace_into_a_pipe_that_nobody_reads_is_an_error,
            trace::a_saved_document_is_the_printed_one,
            trace::standard_output_takes_one_document,
            #[cfg_attr(not(target_os = "linux"), ignore = "needs /dev/full, which only Linux has")]
            trace::a_trace_on_a_full_disk_is_an_error,
            hand_in::a_document_is_printed_saved_and_handed_in,
            hand_in::a_kernel_of_the_learners_is_handed_in,
            hand_in::without_git_there_is_no_commit,
            hand_in::what_cannot_be_handed_in_is_refused,
            #[cfg_attr(not(unix), ignore = "needs a limit of a file's length, which only Unix has")]
            hand_in::an_older_file_stays_where_a_new_one_does_not_fit,
            pinning::pinned_runs_are_as_right_as_others,
            pinning::the_table_says_that_workers_are_pinned,
            #[cfg_attr(not(target_os = "linux"), ignore = "needs `taskset`, which only Linux has")]
            pinning::one_usable_core_is_enough_to_pin_two_workers,
            counters::what_is_not_counted_is_null_with_a_reason_and_changes_nothing_else,
            counters::the_table_has_the_counters_or_the_reason,
            guess::a_guess_is_read_as_people_write_it,
            guess::a_bad_guess_is_asked_for_again,
            guess::without_a_guess_the_run_goes_on_and_says_so,
            guess::a_guess_needs_a_table_and_a_baseline,
            #[cfg_attr(not(unix), ignore = "needs signals, which only Unix has")]
            guess::a_signal_ends_the_wait_for_a_guess,
        }
    };
}

/// Every strategy of a lesson's table: right at awkward sizes, with its file and its place in the chapter.
#[macro_export]
macro_rules! table {
    ($lesson:ty) => {
        #[test]
        fn every_strategy_is_right_at_awkward_sizes() {
            $crate::strategies::all_are_right::<$lesson>();
            $crate::own::all_are_right::<$lesson>();
        }

        #[test]
        fn every_strategy_has_its_file_and_its_place_in_the_chapter() {
            $crate::files::all_have_a_file::<$lesson>(env!("CARGO_MANIFEST_DIR"));
        }
    };
}
