//! Places for what is worked out at most once, of which few are used.
//!
//! They come in pages, and a page is there once one of its places is used: a package may have thousands, of which a
//! case looks at a handful. Invariant: what is there stays there as long as the table does.

use std::cell::OnceCell;

/// Places on a page.
const PAGE: usize = 32;

/// A page of places.
type Page<T> = Box<[OnceCell<T>]>;

/// Places that are filled at most once each.
#[derive(Debug)]
pub(crate) struct OnceTable<T>(Box<[OnceCell<Page<T>>]>);

impl<T> OnceTable<T> {
    /// A table of that many places, all of them empty.
    pub(crate) fn new(places: usize) -> OnceTable<T> {
        OnceTable(
            (0..places.div_ceil(PAGE))
                .map(|_| OnceCell::new())
                .collect(),
        )
    }

    /// The place of that index; `None` where the table ends before it.
    pub(crate) fn cell(&self, index: u32) -> Option<&OnceCell<T>> {
        let index = index as usize;
        let (page, place) = (index.checked_div(PAGE)?, index.checked_rem(PAGE)?);
        let page = self.0.get(page)?;
        page.get_or_init(|| (0..PAGE).map(|_| OnceCell::new()).collect())
            .get(place)
    }
}
