//! Compares what the pages look like with what they looked like when somebody
//! last said that it is good.

use crate::tools::project;
use anyhow::{Context, Result, bail};
use image::{ImageFormat, Rgba, RgbaImage};
use std::env;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Set to anything, it stores the new pictures in place of those that differ.
const UPDATE: &str = "UPDATE_PICTURES";

/// A pixel is the same while no channel of it differs by more, of 255: the edges
/// of letters come out a little different from one version of a browser to the
/// next.
const SAME_COLOUR: u8 = 24;

/// So many pixels of all may differ, as a share: fewer than a ring around what
/// has the focus.
const SAME_PICTURE: f64 = 0.002;

/// Where pictures are.
struct Folders {
    /// Those that are good.
    stored: PathBuf,
    /// Those that are not.
    failed: PathBuf,
}

/// Compares a picture with the stored one of this name, or stores it where the
/// environment variable `UPDATE_PICTURES` is set.
///
/// # Errors
/// If they differ, or if none is stored; with what to do then.
pub fn compare(name: &str, png: &[u8]) -> Result<()> {
    let stored = project().join("tests/pictures");
    let folders = Folders { stored, failed: project().join("target/pictures") };
    compare_in(&folders, name, png, env::var_os(UPDATE).is_some())
}

fn compare_in(folders: &Folders, name: &str, png: &[u8], update: bool) -> Result<()> {
    let new = image::load_from_memory(png).context("the new picture cannot be read")?.into_rgba8();
    let file = folders.stored.join(format!("{name}.webp"));
    let stored = if file.exists() { Some(read(&file)?) } else { None };
    let same = stored.as_ref().is_some_and(|stored| is_same(stored, &new));
    match (same, update, stored) {
        (true, _, _) => Ok(()),
        (false, true, _) => store(&file, &new),
        (false, false, None) => bail!(
            "There is no picture {} yet. Look at {} and store it by running the test again with \
             {UPDATE}=1.",
            file.display(),
            keep(folders, name, "new", png)?.display()
        ),
        (false, false, Some(stored)) => failed(folders, name, png, &stored, &new),
    }
}

/// Says how two pictures differ, and where that can be seen.
fn failed(
    folders: &Folders,
    name: &str,
    png: &[u8],
    stored: &RgbaImage,
    new: &RgbaImage,
) -> Result<()> {
    let kept = keep(folders, name, "new", png)?;
    let advice = format!("If the new one is good, run the test again with {UPDATE}=1.");
    if stored.dimensions() != new.dimensions() {
        let ((old_width, old_height), (width, height)) = (stored.dimensions(), new.dimensions());
        bail!(
            "The picture {name} was {old_width} × {old_height} and is {width} × {height} now: see \
             {}. {advice}",
            kept.display()
        );
    }
    let diff = folders.failed.join(format!("{name}.diff.png"));
    difference(stored, new).save(&diff)?;
    bail!(
        "The picture {name} differs in {} of {} pixels: see {} and {}, where they are red. {advice}",
        differing(stored, new),
        new.pixels().len(),
        kept.display(),
        diff.display()
    )
}

fn is_same(stored: &RgbaImage, new: &RgbaImage) -> bool {
    let allowed = new.pixels().len() as f64 * SAME_PICTURE;
    stored.dimensions() == new.dimensions() && differing(stored, new) as f64 <= allowed
}

/// How many pixels differ between two pictures of one size.
fn differing(stored: &RgbaImage, new: &RgbaImage) -> usize {
    stored.pixels().zip(new.pixels()).filter(|(old, new)| differs(old, new)).count()
}

fn differs(old: &Rgba<u8>, new: &Rgba<u8>) -> bool {
    old.0.iter().zip(new.0).any(|(old, new)| old.abs_diff(new) > SAME_COLOUR)
}

/// The pixels that differ in red, on the new picture faded.
fn difference(stored: &RgbaImage, new: &RgbaImage) -> RgbaImage {
    let fade = |channel: u8| 255 - (255 - channel) / 4;
    let mut picture = new.clone();
    for (pixel, old) in picture.pixels_mut().zip(stored.pixels()) {
        let Rgba([red, green, blue, _]) = *pixel;
        *pixel = match differs(old, pixel) {
            true => Rgba([255, 0, 0, 255]),
            false => Rgba([fade(red), fade(green), fade(blue), 255]),
        };
    }
    picture
}

fn read(file: &Path) -> Result<RgbaImage> {
    let picture = image::open(file).with_context(|| format!("{} cannot be read", file.display()));
    Ok(picture?.into_rgba8())
}

/// Stores a picture as WebP without loss, which takes a third of the room.
fn store(file: &Path, picture: &RgbaImage) -> Result<()> {
    let mut webp = Cursor::new(Vec::new());
    picture.write_to(&mut webp, ImageFormat::WebP)?;
    write(file, &webp.into_inner())
}

/// Writes a picture to where it is looked at after a failure.
fn keep(folders: &Folders, name: &str, kind: &str, png: &[u8]) -> Result<PathBuf> {
    let file = folders.failed.join(format!("{name}.{kind}.png"));
    write(&file, png)?;
    Ok(file)
}

fn write(file: &Path, png: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(file, png)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const GREY: Rgba<u8> = Rgba([100, 100, 100, 255]);

    /// A grey picture of a thousand pixels, the first so many of them changed.
    fn picture(changed: usize, colour: Rgba<u8>) -> Vec<u8> {
        let mut picture = RgbaImage::from_pixel(100, 10, GREY);
        picture.pixels_mut().take(changed).for_each(|pixel| *pixel = colour);
        png(&picture)
    }

    fn png(picture: &RgbaImage) -> Vec<u8> {
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).unwrap();
        png.into_inner()
    }

    /// Folders with the grey picture in them, which go with the first value.
    fn folders() -> (TempDir, Folders) {
        let dir = TempDir::new().unwrap();
        let (stored, failed) = (dir.path().join("stored"), dir.path().join("failed"));
        let folders = Folders { stored, failed };
        compare_in(&folders, "page", &picture(0, GREY), true).unwrap();
        (dir, folders)
    }

    #[test]
    fn the_same_picture_is_the_same() {
        let (_dir, folders) = folders();
        compare_in(&folders, "page", &picture(0, GREY), false).unwrap();
    }

    #[test]
    fn a_few_other_pixels_and_many_slightly_other_ones_are_the_same() {
        let (_dir, folders) = folders();
        compare_in(&folders, "page", &picture(2, Rgba([0, 0, 0, 255])), false).unwrap();
        compare_in(&folders, "page", &picture(1000, Rgba([124, 76, 100, 255])), false).unwrap();
        assert!(!folders.failed.exists());
    }

    #[test]
    fn what_differs_is_red_on_a_faded_picture() {
        let (_dir, folders) = folders();
        let error = compare_in(&folders, "page", &picture(3, Rgba([125, 100, 100, 255])), false);
        let error = error.unwrap_err().to_string();
        let (new, diff) = ("page.new.png", "page.diff.png");
        assert!(error.contains("3 of 1000") && error.contains(new) && error.contains(diff));
        assert!(folders.failed.join(new).exists());
        let diff = read(&folders.failed.join(diff)).unwrap();
        assert_eq!(*diff.get_pixel(2, 0), Rgba([255, 0, 0, 255]));
        assert_eq!(*diff.get_pixel(3, 0), Rgba([217, 217, 217, 255]));
    }

    #[test]
    fn a_picture_of_another_size_is_another_picture() {
        let (_dir, folders) = folders();
        let longer = png(&RgbaImage::from_pixel(100, 11, GREY));
        let error = compare_in(&folders, "page", &longer, false).unwrap_err().to_string();
        assert!(error.contains("was 100 × 10 and is 100 × 11 now"), "{error}");
    }

    #[test]
    fn a_picture_that_is_not_stored_says_how_to_store_it() {
        let (_dir, folders) = folders();
        let other = compare_in(&folders, "other", &picture(0, GREY), false);
        assert!(other.unwrap_err().to_string().contains("UPDATE_PICTURES=1"));
        assert!(!folders.stored.join("other.webp").exists());
    }

    #[test]
    fn only_what_differs_is_stored_anew() {
        let (_dir, folders) = folders();
        let file = folders.stored.join("page.webp");
        let before = fs::read(&file).unwrap();
        let black = Rgba([0, 0, 0, 255]);
        compare_in(&folders, "page", &picture(1, black), true).unwrap();
        assert_eq!(fs::read(&file).unwrap(), before);
        compare_in(&folders, "page", &picture(500, black), true).unwrap();
        assert_eq!(*read(&file).unwrap().get_pixel(99, 4), black);
    }
}
