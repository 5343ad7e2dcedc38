//! The program for the console of Windows: the same commands, whose words and exit status reach the
//! prompt that they were typed at. Without a command it starts the window and leaves it alone.

fn main() -> vitae::cli::Status {
    vitae::cli::run(std::env::args_os(), vitae::ui::run_apart)
}
