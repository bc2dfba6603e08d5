//! Mounts the application, nothing else.

fn main() {
    matrix_account_recovery::app::mount();
}
