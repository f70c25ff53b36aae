//! The figures that ours is held to.

/// A figure, and what was measured.
pub(crate) struct Figure {
    text: String,
    figure: f64,
    measured: f64,
    met: bool,
    nearly: bool,
}

impl Figure {
    pub(crate) fn at_most(text: String, figure: f64, measured: f64) -> Self {
        let (met, nearly) = (measured <= figure, measured <= 1.02 * figure);
        Self { text, figure, measured, met, nearly }
    }

    pub(crate) fn at_least(text: String, figure: f64, measured: f64) -> Self {
        let (met, nearly) = (measured >= figure, measured >= 0.98 * figure);
        Self { text, figure, measured, met, nearly }
    }

    /// The same figure, which no check fails by: how long something takes depends on who else is on the
    /// machine.
    pub(crate) fn only_told(self) -> Self {
        Self { nearly: true, ..self }
    }
}

/// Prints figures, and returns whether each is met, or missed by no more than 2 %.
pub(crate) fn print(whose: &str, figures: &[Figure]) -> bool {
    println!("\n{whose:64} {:>8} {:>8}", "figure", "measured");
    for Figure { text, figure, measured, met, .. } in figures {
        let met = if *met { "met" } else { "MISSED" };
        println!("{text:64} {figure:>8.2} {measured:>8.3} {met}");
    }
    figures.iter().all(|figure| figure.met || figure.nearly)
}
