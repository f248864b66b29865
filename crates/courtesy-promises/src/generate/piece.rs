//! Pieces of expressions as text, each with how loosely it binds.

/// How loosely a piece binds: what stands further down needs brackets inside what stands further up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Atom,
    Call,
    Otherwise,
    Product,
    Sum,
    Rounded,
    At,
    Test,
    Not,
    And,
    Or,
    /// `if`, quantifiers and aggregates, which reach to the end of their bracket.
    Open,
}

/// A piece of an expression.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) level: Level,
    /// Whether it is an amount that was multiplied or divided.
    pub(super) unrounded: bool,
}

impl Piece {
    pub(super) fn new(text: impl Into<String>, level: Level) -> Piece {
        Piece {
            text: text.into(),
            level,
            unrounded: false,
        }
    }

    pub(super) fn atom(text: impl Into<String>) -> Piece {
        Piece::new(text, Level::Atom)
    }

    pub(super) fn call(text: impl Into<String>) -> Piece {
        Piece::new(text, Level::Call)
    }

    /// The text where at most that level may stand; an `otherwise` stands bare only beside another.
    pub(super) fn within(&self, level: Level) -> String {
        let loose_otherwise = self.level == Level::Otherwise
            && matches!(level, Level::Product | Level::Sum | Level::Rounded);
        if self.level > level || loose_otherwise {
            format!("({})", self.text)
        } else {
            self.text.clone()
        }
    }

    /// As the operand of a test, an `at` or a `rounded to`.
    pub(super) fn value(&self) -> String {
        self.within(Level::At)
    }

    pub(super) fn unrounded_if(mut self, unrounded: bool) -> Piece {
        self.unrounded |= unrounded;
        self
    }
}
