//! The guide for everybody: nothing that axe-core finds wrong on any page, and
//! the way through it with the keyboard alone, and by ear alone.

mod axe;
mod console;
mod ear;
mod keyboard;
